"""The checks of a month's records."""

from dataclasses import dataclass
from math import ceil

# Of the month's visits, and of its patients, how many may lack what is asked for.
STAFF_SHARE, BIRTHDAY_SHARE, CONTACT_SHARE = 0.95, 0.8, 0.9
# As many visits that begin at the same instant in one place, or answers of the same instant, were not noted one by one.
SAME_INSTANT = 10
# Nor does chance give as many patients of one practice and month the same date of birth.
SAME_BIRTHDAY = 5
# A month against the mean of the three before it, where these had as many visits.
BREAK_SHARE, BREAK_MONTHS, BREAK_VISITS = 0.6, 3, 10


@dataclass(frozen=True, slots=True)
class Check:
    """key: stored where it failed. name: what should be so. todo: the next step where it is not."""

    key: str
    name: str
    todo: str


STAFF = Check(
    "staff",
    "Visits say who treated, and where",
    "Choose who treated when a visit is completed; for imported visits map the provider's column and import again.",
)
BIRTHDAY = Check(
    "birthday",
    "Patients have a birthday on file",
    "Ask for the birthday at check-in, or send the intake form before the next visit.",
)
CONTACT = Check(
    "contact",
    "Patients can be reached",
    "Ask for a phone number, an email or an address at check-in, or send the intake form before the next visit.",
)
DATES = Check(
    "dates",
    "No impossible dates",
    "Correct visits that were completed before they began or booked after they were over, and births after a visit.",
)
BLOCKS = Check(
    "blocks",
    "No block of identical values",
    "Many records carry the same time or birthday, so it was filled in for them: import them again with the real one, "
    "or leave it empty.",
)
VOLUME = Check(
    "volume",
    "No break in the number of visits",
    "Visits fell or rose by more than 60% against the three months before: see whether an import is missing or was "
    "done twice.",
)

CHECKS = (STAFF, BIRTHDAY, CONTACT, DATES, BLOCKS, VOLUME)
BY_KEY = {check.key: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Counts:
    """What a month's completed visits hold. before: the visits of each of the three months before it, None where the
    practice's records begin later."""

    visits: int = 0
    without_staff: int = 0
    impossible: int = 0
    patients: int = 0
    without_birthday: int = 0
    without_contact: int = 0
    blocks: int = 0
    before: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """wrong: of how many visits or patients it is not so; of: how many were looked at."""

    check: Check
    passed: bool
    wrong: int
    of: int


def results(counts: Counts) -> list[Result]:
    """Of each check that can be made: without visits only their number can be looked at."""
    found = []
    if counts.visits:
        found += [
            _enough(STAFF, counts.without_staff, counts.visits, STAFF_SHARE),
            _enough(BIRTHDAY, counts.without_birthday, counts.patients, BIRTHDAY_SHARE),
            _enough(CONTACT, counts.without_contact, counts.patients, CONTACT_SHARE),
            Result(DATES, not counts.impossible, counts.impossible, counts.visits),
            Result(BLOCKS, not counts.blocks, counts.blocks, counts.visits),
        ]
    if counts.before is not None and (usual := sum(counts.before) / BREAK_MONTHS) >= BREAK_VISITS:
        broke = abs(counts.visits - usual) > BREAK_SHARE * usual
        found.append(Result(VOLUME, not broke, abs(counts.visits - round(usual)), round(usual)))
    return found


def score(found: list[Result]) -> int | None:
    """The share of passed checks, in whole percent; None where none could be made."""
    return round(100 * sum(one.passed for one in found) / len(found)) if found else None


def _enough(check: Check, wrong: int, of: int, share: float) -> Result:
    # In whole records, so that one of 20 without staff is 95 % with it, whatever a float makes of it.
    return Result(check, of - wrong >= ceil(round(share * of, 9)), wrong, of)
