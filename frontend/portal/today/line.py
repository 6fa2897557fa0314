"""One visit as a line of Today: where it stands, in words, and what to press next.

Chosen here and not in the template: a dozen lines of nested conditions were a third of what the page cost.
"""

from dataclasses import dataclass

from frontend.templatetags.addresses import to
from frontend.templatetags.times import clock, half
from loyalty.today import VisitRow
from loyalty.visits.brief import Brief
from loyalty.visits.tags import Tag

_ENDED = {"done": "Left", "no_show": "Did not come", "cancelled": "Cancelled"}


@dataclass(frozen=True, slots=True)
class Press:
    """A button that posts to `url`; `whom` is said after its text, to those who hear the page."""

    url: str
    text: str
    whom: str
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Way:
    """A link; `before` and `after` are said around its text, to those who hear the page."""

    url: str
    text: str
    before: str = ""
    after: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """css: classes of the line. ticked: whether a check mark stands before `where`. unread: the address that says a
    brief was read, "" where there is nothing to say. ways: the links that stand after the buttons.
    """

    id: str
    css: str
    iso: str
    clock: str
    half: str
    where: str
    ticked: bool
    patient: str
    name: str
    what: str
    brief: Brief | None
    hint: str
    tags: tuple[Tag, ...]
    press: Press | None
    unread: str
    ways: tuple[Way, ...]


def line_of(row: VisitRow) -> Line:
    is_next = row.state == "next"
    # "later" can be late as well: after half an hour the team looks out for the one after.
    is_late = row.waits_long or bool(row.late_minutes and row.state in ("next", "later"))
    id, press = f"act-{row.id}", _press(row)
    return Line(
        id=id,
        css=f"visit {row.state} late" if is_late else f"visit {row.state}",
        iso=row.at.isoformat(),
        clock=clock(row.at),
        half=half(row.at),
        where=_where(row),
        ticked=row.state == "done",
        patient=to("portal:patient", row.patient_id),
        name=row.name,
        what=f"{row.service or 'Visit'} with {row.staff}" if row.staff else row.service or "Visit",
        brief=row.brief if is_next else None,
        hint=row.hint,
        tags=row.tags,
        press=press,
        unread=to("portal:visit-brief", row.id) if is_next and row.brief and not row.brief_read else "",
        ways=_ways(row, id="" if press else id),
    )


def _where(row: VisitRow) -> str:
    if row.state in _ENDED:
        return _ENDED[row.state]
    if row.state == "here":
        return "With us" if row.seen else f"Waits {row.waiting} min" if row.waiting else "Here"
    if row.late_minutes:
        return f"{row.late_minutes} min late"
    return "Next" if row.state == "next" else ""


def _press(row: VisitRow) -> Press | None:
    if row.state == "here":
        if row.seen:
            return Press(to("portal:visit-completion", row.id), "Complete", f"the visit of {row.name}")
        return Press(to("portal:visit-seen", row.id), "Call in", row.name)
    if row.state in ("next", "later"):
        tone = "quiet" if row.state == "next" else "ghost"
        return Press(to("portal:visit-arrival", row.id), "Is here", f"now: {row.name}", tone)
    return None


def _ways(row: VisitRow, *, id: str) -> tuple[Way, ...]:
    """id: where there is no button the first link carries it, so that the focus finds its line again."""
    visit = to("portal:visit", row.id)
    if row.state != "done":
        return (Way(visit, "Visit", after=f" of {row.name}", id=id),)
    ways = []
    if row.journey and row.journey.score is not None:
        steps = f"{row.journey.done} of {row.journey.of} steps"
        ways.append(Way(visit, steps, before=f"Journey of {row.name}: ", id=id))
    if not row.asked:
        ways.append(Way(to("portal:visit-tablet", row.id), "Ask how it was", after=f": {row.name}"))
    return tuple(ways)
