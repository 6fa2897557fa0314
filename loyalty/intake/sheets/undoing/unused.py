"""Services and staff that an import added because its rows named them, and that nobody uses any more."""

from loyalty.intake.sheets.undoing.touched import without_keys
from loyalty.models import Import, Service, Staff


def remove_unused(of: Import) -> None:
    for model in (Service, Staff):
        added = [
            id
            for id, made, changed in model.objects.filter(created_at__in=of.moments).values_list(
                "id", "created_at", "updated_at"
            )
            if made == changed
        ]
        if added:
            model.objects.filter(id__in=without_keys(model, added))._raw_delete("default")
