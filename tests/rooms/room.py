"""One room: its addresses with who may open them, records that lead there, and what their forms accept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.rooms.body import Body

Ids = dict[str, Any]


def _none(_ids: Ids, _now: datetime) -> Ids:
    return {}


@dataclass(frozen=True)
class Room:
    """practice, network: name of an address → PUBLIC, SIGNED_IN or roles (tests/permissions/table.py).

    records: run inside a practice that has a patient (`patient_id`), a visit ahead (`visit_id`), one that is over
    (`seen_id`), a note (`note_id`) and a location; returns the arguments of the room's addresses by name, each an id
    of a real record about that patient.
    bodies: what each address that takes a form accepts.
    """

    practice: Mapping[str, Any] = field(default_factory=dict)
    network: Mapping[str, Any] = field(default_factory=dict)
    records: Callable[[Ids, datetime], Ids] = _none
    bodies: Mapping[str, Body] = field(default_factory=dict)
