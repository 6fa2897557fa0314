"""What a partner's program may do, each in the words an owner reads before saying yes."""

from collections.abc import Iterable
from enum import StrEnum

from core.errors import DomainError


class Scope(StrEnum):
    PRACTICE_READ = "practice:read"
    PATIENTS_READ = "patients:read"
    PATIENTS_WRITE = "patients:write"
    VISITS_READ = "visits:read"
    VISITS_WRITE = "visits:write"
    INQUIRIES_READ = "inquiries:read"
    INQUIRIES_WRITE = "inquiries:write"
    MEMORIES_READ = "memories:read"
    OCCASIONS_READ = "occasions:read"
    CONSENTS_READ = "consents:read"
    TOUCHPOINTS_READ = "touchpoints:read"
    FEEDBACK_READ = "feedback:read"
    REVIEWS_READ = "reviews:read"
    IMPORTS_READ = "imports:read"
    IMPORTS_WRITE = "imports:write"
    METRICS_READ = "metrics:read"
    BENCHMARKS_READ = "benchmarks:read"
    OFFERS_READ = "offers:read"
    PURCHASES_READ = "purchases:read"
    PURCHASES_WRITE = "purchases:write"


PLAIN_WORDS: dict[Scope, str] = {
    Scope.PRACTICE_READ: "See your locations, your services and who is on your team. No patients.",
    Scope.PATIENTS_READ: "See every patient: names, birthdays, addresses, phone numbers, emails, and how to reach"
    " them. No notes, no visits and no health data.",
    Scope.PATIENTS_WRITE: "Add patients and change their names, birthdays, addresses, phone numbers and emails. It can"
    " note that a patient wants discretion or has died, and cannot take that back.",
    Scope.VISITS_READ: "See every visit, past and ahead: whose it is, when, where, with whom and for which service.",
    Scope.VISITS_WRITE: "Book, move and cancel visits, and mark them as here, completed or missed. What your playbook"
    " plans follows, as if your team had done it.",
    Scope.INQUIRIES_READ: "See who asked before they booked: names, phone numbers, emails, and what they want, expect"
    " and worry about.",
    Scope.INQUIRIES_WRITE: "Hand in inquiries, from a form on your website for example. Your team is asked to call, as"
    " if they had called you.",
    Scope.MEMORIES_READ: "See what your team remembers of patients: personal facts and preferences. Not what providers"
    " keep to themselves.",
    Scope.OCCASIONS_READ: "See patients’ personal days, such as an anniversary.",
    Scope.CONSENTS_READ: "See what patients agreed to: each yes and no, for which channel and purpose, and when.",
    Scope.TOUCHPOINTS_READ: "See contacts that are planned or were made: previews, notes and calls; with whom, when, by"
    " whom, and what came of it.",
    Scope.FEEDBACK_READ: "See patients’ private answers: their scores and their own words.",
    Scope.REVIEWS_READ: "See the public reviews that you keep here, and your replies. Not which patient wrote them.",
    Scope.IMPORTS_READ: "See the files of patients and visits that were brought in, by your team too: their first rows,"
    " what became of each row, and what is wrong with it.",
    Scope.IMPORTS_WRITE: "Bring in files of patients and visits, as your team does under Settings, and take its imports"
    " back within 30 days. An import can add and change any patient.",
    Scope.METRICS_READ: "See your own figures month by month, such as your net promoter score. No patients.",
    Scope.BENCHMARKS_READ: "See what the network released for the groups you are in. No patients, and no other"
    " practice’s figures.",
    Scope.OFFERS_READ: "See what the buying group offers you: vendors, items and your prices. No patients.",
    Scope.PURCHASES_READ: "See what you bought: every line of an invoice that you or a program brought here, with items"
    " and amounts. No patients.",
    Scope.PURCHASES_WRITE: "Add lines of invoices that you received, and correct those that it added. Your rebates are"
    " worked out from them. No patients.",
}

# What is written is shown in the answer, so who writes must be let in to read, too.
_READS_FIRST: dict[Scope, Scope] = {
    Scope.PATIENTS_WRITE: Scope.PATIENTS_READ,
    Scope.VISITS_WRITE: Scope.VISITS_READ,
    Scope.INQUIRIES_WRITE: Scope.INQUIRIES_READ,
    Scope.IMPORTS_WRITE: Scope.IMPORTS_READ,
    Scope.PURCHASES_WRITE: Scope.PURCHASES_READ,
}


def needed(scope: Scope) -> tuple[Scope, ...]:
    """All that a token must hold for what is offered under `scope`."""
    return (_READS_FIRST[scope], scope) if scope in _READS_FIRST else (scope,)


_WITHOUT_PATIENTS = frozenset(
    {
        Scope.PRACTICE_READ, Scope.REVIEWS_READ, Scope.METRICS_READ, Scope.BENCHMARKS_READ, Scope.OFFERS_READ,
        Scope.PURCHASES_READ, Scope.PURCHASES_WRITE,
    }
)  # fmt: skip


def may_see_patients(scopes: Iterable[str]) -> bool:
    """Whether any of them shows a patient: every one that is not known to show none."""
    return bool(set(scopes) - _WITHOUT_PATIENTS)


def checked(scopes: Iterable[str], *, within: Iterable[str] | None = None) -> list[str]:
    """Without repeats, in the order of the table. Raises DomainError for none, an unknown one, one not in `within`."""
    asked = set(scopes)
    limit = set(Scope) if within is None else set(within)
    if not asked:
        raise DomainError("scopes_empty", "Choose at least one thing that it may do.", field="scopes")
    if not asked <= set(Scope) & limit:
        raise DomainError("scope_not_offered", "Choose from what the program asks for.", field="scopes")
    return [scope.value for scope in Scope if scope in asked]


def worded(scopes: Iterable[str]) -> list[tuple[str, str]]:
    """Each scope with its sentence, in the order of the table; one that this version does not know is left out."""
    held = set(scopes)
    return [(scope.value, words) for scope, words in PLAIN_WORDS.items() if scope in held]


def in_words(scopes: Iterable[str]) -> list[str]:
    """Each scope as a sentence, as `worded`."""
    return [words for _, words in worded(scopes)]
