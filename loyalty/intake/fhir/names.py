"""Human names: what stands on paper, and what the person wants to be called."""

from dataclasses import dataclass

from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.period import is_current
from loyalty.intake.fhir.reading import Reading

NAME_CHARACTERS = 120

# The name on paper, best first. A maiden or former name only where there is no other.
_PAPER = ("official", "usual", "", "temp", "nickname", "anonymous", "maiden", "old")


@dataclass(frozen=True, slots=True)
class Name:
    use: str
    given: str
    family: str
    current: bool

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class PersonName:
    given: str
    family: str
    preferred: str


def read_name(fields: Fields, *, reading: Reading) -> Name | None:
    """One HumanName. A name written only in words stays whole, in `given`: guessing its parts would get many wrong."""
    given = " ".join(fields.texts("given", most=NAME_CHARACTERS))
    family = fields.text("family", most=NAME_CHARACTERS)
    if len(given) > NAME_CHARACTERS:
        fields.remark(
            f"{fields.path('given')} is longer than {NAME_CHARACTERS} characters together; only the first kept"
        )
        given = fields.texts("given", most=NAME_CHARACTERS)[0]
    if not (given or family):
        given = fields.text("text", most=NAME_CHARACTERS)
    if not (given or family):
        return None
    return Name(fields.text("use", most=64), given, family, is_current(fields, reading=reading))


def choose_names(names: list[Name]) -> PersonName | None:
    """The name on paper, and the preferred one where the export tells another (nickname, or usual beside official)."""
    if not names:
        return None
    paper = min(names, key=lambda name: (not name.current, _rank(name.use)))
    preferred = ""
    for use in ("nickname", "usual"):
        called = next((name for name in names if name.use == use and name.current and name is not paper), None)
        if called is not None:
            preferred = called.given or called.family
            break
    return PersonName(paper.given, paper.family, "" if preferred == paper.given else preferred)


def _rank(use: str) -> int:
    return _PAPER.index(use) if use in _PAPER else len(_PAPER)
