"""What the standard says of every resource: when it was written last."""

from datetime import datetime
from typing import Any

from loyalty.record_export.fhir_visit import moment


def written(resource: dict[str, Any], at: datetime) -> dict[str, Any]:
    kind, id, *rest = resource.items()
    return dict([kind, id, ("meta", {"lastUpdated": moment(at)}), *rest])
