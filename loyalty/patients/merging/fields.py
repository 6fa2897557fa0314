"""Which value of two records survives: chosen field by field, but never against the person's wishes."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from loyalty.models import Channel, Patient, YesNoUnknown
from loyalty.patients.partial_date import PartialDate
from loyalty.patients.reach import birth_of

# Any of them, said once, shuts a way to somebody.
WISHES = ("no_contact", "no_voicemail", "plain_envelope", "not_at_home", "deceased")


@dataclass(frozen=True, slots=True)
class Part:
    """What is chosen as one: a birthday is not put together from two."""

    key: str
    label: str
    columns: tuple[str, ...]

    def is_given(self, patient: Patient) -> bool:
        return any(getattr(patient, column) not in ("", None) for column in self.columns)

    def words(self, patient: Patient) -> str:
        """The value as people read it; "" for none."""
        if self.key == "birth":
            return str(birth_of(patient))
        values = [str(getattr(patient, column)) for column in self.columns if getattr(patient, column)]
        if self.key == "preferred_channel":
            values = [Channel(value).label for value in values]
        return ", ".join(values)

    def same(self, one: Patient, other: Patient) -> bool:
        return all(getattr(one, column) == getattr(other, column) for column in self.columns)


PARTS = (
    Part("given_name", "Given name", ("given_name",)),
    Part("family_name", "Family name", ("family_name",)),
    Part("preferred_name", "Preferred name", ("preferred_name",)),
    Part("pronouns", "Pronouns", ("pronouns",)),
    Part("birth", "Born", ("birth_year", "birth_month", "birth_day")),
    Part("record_number", "Record number", ("record_number",)),
    Part("address", "Address", ("address", "city", "state", "postal_code", "country")),
    Part("language", "Language", ("language",)),
    Part("preferred_channel", "Likes to be reached by", ("preferred_channel",)),
)


def differing(survivor: Patient, merged: Patient) -> tuple[Part, ...]:
    """What both records give and give differently: somebody has to choose."""
    return tuple(
        part for part in PARTS if part.is_given(survivor) and part.is_given(merged) and not part.same(survivor, merged)
    )


def filled_in(survivor: Patient, merged: Patient) -> tuple[Part, ...]:
    """What only the merged record gives: the survivor gets it without being asked."""
    return tuple(part for part in PARTS if part.is_given(merged) and not part.is_given(survivor))


def suggested(survivor: Patient, merged: Patient) -> frozenset[str]:
    """What is better taken from the merged record: a birthday that says more of the same."""
    mine, theirs = birth_of(survivor), birth_of(merged)
    return frozenset({"birth"}) if _says_more(theirs, than=mine) else frozenset()


def surviving(survivor: Patient, merged: Patient, *, take: Collection[str]) -> dict[str, Any]:
    """Column → value, of those that change on the survivor. `take`: keys of PARTS that come from the merged record."""
    taken = [part for part in differing(survivor, merged) if part.key in take]
    values = {
        column: getattr(merged, column) for part in (*filled_in(survivor, merged), *taken) for column in part.columns
    }
    values |= wishes(survivor, merged)
    values["tags"] = list(dict.fromkeys([*survivor.tags, *merged.tags]))
    values["federal_program"] = _federal(survivor, merged)
    values["patient_since"] = min(
        (day for day in (survivor.patient_since, merged.patient_since) if day is not None), default=None
    )
    return {column: value for column, value in values.items() if getattr(survivor, column) != value}


def wishes(survivor: Patient, merged: Patient) -> dict[str, Any]:
    """Of two wishes the stricter one: whoever asked for discretion once is not to lose it by our paperwork."""
    both = (survivor, merged)
    strict: dict[str, Any] = {
        wish: any(getattr(one, wish) for one in both) for wish in ("no_contact", "no_voicemail", "not_at_home")
    }
    # A plain envelope is what lets a letter go to a home that is "not at home": it may not open what one of them shut.
    strict["plain_envelope"] = any(one.plain_envelope for one in both) and (
        not strict["not_at_home"] or all(one.plain_envelope or not one.not_at_home for one in both)
    )
    strict["deceased"] = any(one.deceased for one in both)
    strict["deceased_on"] = survivor.deceased_on or merged.deceased_on
    return strict


def _federal(survivor: Patient, merged: Patient) -> str:
    """A yes limits gifts and holds; what somebody knows is better than what nobody asked."""
    known = {survivor.federal_program, merged.federal_program}
    return next(one for one in (YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN) if one in known)


def _says_more(one: PartialDate, *, than: PartialDate) -> bool:
    known = [part for part in than if part is not None]
    return len([part for part in one if part is not None]) > len(known) and list(one[: len(known)]) == known
