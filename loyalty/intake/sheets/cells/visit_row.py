"""One row of a table of visits, as it would be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.sheets.cells.dates import read_day
from core.sheets.cells.faults import CellFault, Issue, Report, quoted
from core.sheets.cells.text import read_text
from core.sheets.faults import RowFault
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.locations import Site
from loyalty.intake.sheets.cells.moments import at, read_clock, read_moment
from loyalty.intake.sheets.cells.names import parts_of_name
from loyalty.intake.sheets.cells.reaches import read_email, read_phone
from loyalty.intake.sheets.cells.statuses import read_status
from loyalty.models import VisitStatus
from loyalty.patients.contact_points import digits_of

_MOST = {"service": 200, "staff": 120, "status": 60, "location": 120, "record_number": 64}
_LONGEST, _LONGEST_ID = 120, 150
_LONGEST_VISIT = timedelta(days=2)
_FURTHEST = timedelta(days=3 * 365)
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Whom:
    """How a row of a visit says whose it is. reaches: (kind, what search compares). own_ids: of the program that
    brought the file."""

    external_id: str
    record_number: str
    given_name: str
    family_name: str
    reaches: tuple[tuple[str, str], ...]
    own_ids: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitCells:
    """site: where it took place; is_placed: the row says so. All moments are aware, UTC.

    own_ids: by which the program that brought the file finds it everywhere else, too.
    """

    row: int
    visit_id: str
    whom: Whom
    site: Site
    is_placed: bool
    starts_at: datetime
    ends_at: datetime | None
    booked_at: datetime | None
    status: VisitStatus
    service: str
    staff: str
    own_ids: tuple[Identifier, ...] = ()


class VisitReader:
    """sites: by the name of the location in lower case. main: where the row names none. now: what is over by then."""

    def __init__(
        self,
        header: Sequence[str],
        mapping: Sequence[str],
        *,
        order: str,
        sites: Mapping[str, Site],
        main: Site,
        now: datetime,
    ) -> None:
        self._columns = [(place, key, header[place]) for place, key in enumerate(mapping) if key]
        self._order = order
        self._sites = sites
        self._main = main
        self._now = now

    def read(self, row: int, cells: Sequence[str], report: Report) -> VisitCells:
        """Raises RowFault for a row that cannot land; what it lands without is reported."""
        found: dict[str, tuple[str, str]] = {}
        reaches: list[tuple[str, str]] = []
        for place, key, name in self._columns:
            cell = cells[place]
            if not cell or cell.isspace():
                continue
            try:
                if key == "phone":
                    reaches.append(("phone", digits_of(read_phone(cell))))
                elif key == "email":
                    reaches.append(("email", read_email(cell).lower()))
                else:
                    most = _LONGEST_ID if key.endswith("_id") else _MOST.get(key, _LONGEST)
                    found[key] = (read_text(cell, most=most), name)
            except CellFault as fault:
                if key in ("phone", "email"):
                    continue
                raise RowFault(f"{name}: {fault}") from None
        reading = _Reading(found, row, report)
        site = self._site(reading)
        starts_at = self._start(reading, site)
        text = reading.text
        return VisitCells(
            row=row,
            visit_id=text("visit_id"),
            whom=_whom(text("external_id"), text("record_number"), reading, tuple(reaches)),
            site=site,
            is_placed=bool(text("location")) and text("location").casefold() in self._sites,
            starts_at=starts_at,
            ends_at=self._end(reading, site, starts_at),
            booked_at=self._booked(reading, site),
            status=self._status(reading, site, starts_at),
            service=text("service"),
            staff=text("staff"),
        )

    def _site(self, reading: "_Reading") -> Site:
        name = reading.text("location")
        if not name:
            return self._main
        site = self._sites.get(name.casefold())
        if site is None:
            reading.remark("location", f"{quoted(name)} is no location of yours; put at the main one")
        return site or self._main

    def _start(self, reading: "_Reading", site: Site) -> datetime:
        latest = (self._now + _FURTHEST).date()
        try:
            if text := reading.text("starts_at"):
                starts_at = read_moment(text, order=self._order, zone=site.zone, latest=latest)
            elif text := reading.text("day"):
                if clock := reading.text("clock"):
                    day = read_day(text, order=self._order, latest=latest)
                    starts_at = at(day, read_clock(clock), site.zone)
                else:
                    starts_at = read_moment(text, order=self._order, zone=site.zone, latest=latest)
            else:
                raise RowFault("the row does not say when the visit was")
        except CellFault as fault:
            raise RowFault(str(fault)) from None
        if starts_at.date() > latest or starts_at.date() < _EARLIEST:
            raise RowFault(f"{quoted(text)} is no likely day of a visit")
        return starts_at

    def _end(self, reading: "_Reading", site: Site, starts_at: datetime) -> datetime | None:
        key = next((key for key in ("ends_at", "end_clock", "minutes") if reading.text(key)), "")
        text = reading.text(key)
        if not text:
            return None
        try:
            if key == "minutes":
                ends_at = starts_at + _length(text)
            elif key == "end_clock" or _is_clock(text):
                ends_at = at(site.day_of(starts_at), read_clock(text), site.zone)
            else:
                ends_at = read_moment(text, order=self._order, zone=site.zone, latest=starts_at.date() + _FURTHEST)
        except CellFault as fault:
            reading.remark(key, f"{fault}; left out")
            return None
        if not starts_at <= ends_at <= starts_at + _LONGEST_VISIT:
            reading.remark(key, "the end does not follow its beginning; left out")
            return None
        return ends_at

    def _booked(self, reading: "_Reading", site: Site) -> datetime | None:
        text = reading.text("booked_at")
        if not text:
            return None
        try:
            return read_moment(text, order=self._order, zone=site.zone, latest=self._now.date())
        except CellFault as fault:
            reading.remark("booked_at", f"{fault}; left out")
            return None

    def _status(self, reading: "_Reading", site: Site, starts_at: datetime) -> VisitStatus:
        """Without a word: what is over was completed, what is ahead is booked. What is over cannot be still booked."""
        over = site.day_of(starts_at) < site.day_of(self._now)
        text = reading.text("status")
        if not text:
            return VisitStatus.COMPLETED if over else VisitStatus.BOOKED
        try:
            status = read_status(text)
        except CellFault as fault:
            raise RowFault(str(fault)) from None
        if status in (VisitStatus.COMPLETED, VisitStatus.NO_SHOW) and site.day_of(starts_at) > site.day_of(self._now):
            raise RowFault(f"the visit lies ahead and is {quoted(text)} already")
        return status


class _Reading:
    """The cells of one row by what they become."""

    def __init__(self, found: Mapping[str, tuple[str, str]], row: int, report: Report) -> None:
        self._found = found
        self._row = row
        self._report = report

    def text(self, key: str) -> str:
        return self._found[key][0] if key in self._found else ""

    def remark(self, key: str, reason: str) -> None:
        self._report(Issue(self._row, self._found[key][1], reason, lands=True))


def _whom(external_id: str, record_number: str, reading: _Reading, reaches: tuple[tuple[str, str], ...]) -> Whom:
    given, family = reading.text("given_name"), reading.text("family_name")
    if not given and not family and reading.text("full_name"):
        given, family = parts_of_name(reading.text("full_name"))
    if not (external_id or record_number or ((given or family) and reaches)):
        raise RowFault("the row does not say whose visit it was: a number, or a name with a phone or an email")
    return Whom(external_id, record_number, given, family, reaches)


def _is_clock(text: str) -> bool:
    try:
        return bool(read_clock(text))
    except CellFault:
        return False


def _length(text: str) -> timedelta:
    """ "45", "45 min", "1h 30min", "1:30" (hours and minutes)."""
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    lower = text.lower()
    if len(digits) == 1 and "h" not in lower:
        return timedelta(minutes=int(digits[0][:5]))
    if len(digits) == 1:
        return timedelta(hours=int(digits[0][:3]))
    if len(digits) == 2 and ("h" in lower or ":" in text):
        return timedelta(hours=int(digits[0][:3]), minutes=int(digits[1][:3]))
    raise CellFault(f"{quoted(text)} is no length of time")
