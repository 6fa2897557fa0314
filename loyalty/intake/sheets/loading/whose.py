"""Whose visits the rows of a table are."""

from collections.abc import Sequence
from uuid import UUID

from core.sheets.cells.faults import Issue, Report, quoted
from loyalty.intake.sheets.cells.visit_row import VisitCells
from loyalty.intake.sheets.loading.known import Wanted, find
from loyalty.intake.sheets.loading.source import system_of


def patients_of(rows: Sequence[VisitCells], *, known_as: str, report: Report) -> dict[int, UUID]:
    """Patient by row. A row whose patient is not found, or could be two, is reported and left out."""
    wanted = [
        Wanted(
            place=one.row,
            external_id=one.whom.external_id,
            record_number=one.whom.record_number,
            given_name=one.whom.given_name,
            family_name=one.whom.family_name,
            birth=(None, None, None),
            reaches=one.whom.reaches,
            own_ids=one.whom.own_ids,
        )
        for one in rows
    ]
    found = find(wanted, system=system_of(known_as))
    for one in wanted:
        if one.place not in found.patients:
            report(Issue(one.place, "", _why(one, is_several=one.place in found.several), lands=False))
    return found.patients


def _why(one: Wanted, *, is_several: bool) -> str:
    if is_several:
        return "two patients have this name and this phone or email; merge them, or add a number"
    if number := one.external_id or one.record_number or next((own.value for own in one.own_ids), ""):
        return f"no patient has the number {quoted(number)}; import the patients first"
    return "no patient has this name together with this phone or email; import the patients first"
