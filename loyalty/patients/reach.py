"""Which ways to reach a patient are open, and what wish or consent stands behind each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from loyalty.models import Channel, Consent, ConsentPurpose, ContactPoint, Guardianship, Patient
from loyalty.patients.partial_date import PartialDate

# Where somebody else may hear or read it.
_SHARED_PHONES = frozenset({"home"})
_TEXTED_PHONES = frozenset({"", "mobile", "cell"})

# (channel, purpose) → granted: the newest answer to each question.
Consents = Mapping[tuple[str, str], bool]


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach the patient, or the guardian of a minor.

    way: "call", "text", "email" or "letter". label: whose or which one. wish: the discretion or consent behind it.
    no_voicemail: no message may be left there.
    """

    way: str
    label: str
    value: str
    wish: str
    allowed: bool
    no_voicemail: bool = False


def reach_of(
    patient: Patient,
    *,
    points: Sequence[ContactPoint],
    guardians: Sequence[Guardianship],
    consents: Consents,
    today: date,
) -> tuple[Reach, ...]:
    """All ways on file, those that must not be used among them. Of a minor, the guardians' only are allowed."""
    refusal = _refusal(patient)
    is_minor = birth_of(patient).may_be_minor_on(today)
    ways = [*_by_phone(patient, points, consents), *_by_letter(patient, consents), *_by_email(points, consents)]
    if refusal or is_minor:
        wish = refusal or "A minor: the guardian is contacted"
        ways = [Reach(way.way, way.label, way.value, wish, allowed=False) for way in ways]
    if is_minor:
        # A guardian's no is kept with the child it is about; the one they gave for themselves holds as well.
        why_not = refusal or _no_calls(consents)
        numbers = [(one, _phone_of(one, not_at_home=patient.not_at_home)) for one in guardians]
        named = [_guardian(one, number, patient, why_not, today=today) for one, number in numbers if number]
        ways = [*named, *ways]
    return tuple(ways)


def mail_allowed(patient: Patient, *guardians: Patient) -> bool:
    """Whether a letter may go to the address. "Not at home" forbids it, unless plain envelopes were asked for.

    `guardians`: who is turned to in a minor's place; the wish of any of them is enough to forbid it.
    """
    whose = (patient, *guardians)
    return not any(_refusal(one) for one in whose) and all(one.plain_envelope or not one.not_at_home for one in whose)


def wishes_of(patient: Patient, *guardians: Patient) -> tuple[str, ...]:
    """Discretion in words; `guardians`: who is turned to in their place, whose wishes hold as well."""
    whose = (patient, *guardians)
    said = {
        "No contact": any(one.no_contact for one in whose),
        "No voicemail": any(one.no_voicemail for one in whose),
        "Plain envelope": any(one.plain_envelope for one in whose),
        "Not at home": any(one.not_at_home for one in whose),
    }
    return tuple(words for words, wished in said.items() if wished)


def newest_consents(consents: Sequence[Consent]) -> dict[tuple[str, str], Consent]:
    """The answer that holds for each channel and purpose: the newest, and of two at one moment the no."""
    newest: dict[tuple[str, str], Consent] = {}
    for consent in sorted(consents, key=lambda one: (one.decided_at, not one.granted, one.id)):
        newest[consent.channel, consent.purpose] = consent
    return newest


def birth_of(patient: Patient) -> PartialDate:
    return PartialDate(patient.birth_year, patient.birth_month, patient.birth_day)


def _refusal(patient: Patient) -> str:
    if patient.deceased:
        return "Has died"
    if patient.no_contact:
        return "Wants no contact"
    return "Merged into another record" if patient.merged_into_id else ""


def _by_phone(patient: Patient, points: Sequence[ContactPoint], consents: Consents) -> list[Reach]:
    ways: list[Reach] = []
    textable: ContactPoint | None = None
    no_calls = _no_calls(consents)
    for point in (one for one in points if one.kind == ContactPoint.Kind.PHONE):
        label = point.label.capitalize() or "Phone"
        shared = patient.not_at_home and point.label.lower() in _SHARED_PHONES
        if point.do_not_use or shared or no_calls:
            wish = "Not this number" if point.do_not_use else "Never: not at home" if shared else no_calls
            ways.append(Reach(Channel.CALL, label, point.value, wish, allowed=False))
            continue
        wish = "No voicemail" if patient.no_voicemail else ""
        ways.append(Reach(Channel.CALL, label, point.value, wish, allowed=True, no_voicemail=patient.no_voicemail))
        if textable is None and point.label.lower() in _TEXTED_PHONES:
            textable = point
    if textable is not None:
        ways.append(_with_consent(Channel.TEXT, "Text", textable.value, consents))
    return ways


def _no_calls(consents: Consents) -> str:
    return "Said no to calls" if consents.get((Channel.CALL, ConsentPurpose.VISITS)) is False else ""


def _by_letter(patient: Patient, consents: Consents) -> list[Reach]:
    if not patient.address:
        return []
    value = ", ".join(part for part in (patient.address, patient.city) if part)
    if consents.get((Channel.LETTER, ConsentPurpose.VISITS)) is False:
        return [Reach(Channel.LETTER, "Letter", value, "Said no to letters", allowed=False)]
    if not mail_allowed(patient):
        return [Reach(Channel.LETTER, "Letter", value, "Never: not at home", allowed=False)]
    return [Reach(Channel.LETTER, "Letter", value, "Plain envelope" if patient.plain_envelope else "", allowed=True)]


def _by_email(points: Sequence[ContactPoint], consents: Consents) -> list[Reach]:
    ways: list[Reach] = []
    for point in (one for one in points if one.kind == ContactPoint.Kind.EMAIL):
        if point.do_not_use:
            ways.append(Reach(Channel.EMAIL, "Email", point.value, "Not this address", allowed=False))
        else:
            ways.append(_with_consent(Channel.EMAIL, "Email", point.value, consents))
    return ways


def _with_consent(channel: str, label: str, value: str, consents: Consents) -> Reach:
    """Text and email need a yes on file; silence is none."""
    granted = consents.get((channel, ConsentPurpose.VISITS))
    wish = {True: "About visits", False: "Said no", None: "No consent on file"}[granted]
    return Reach(channel, label, value, wish, allowed=granted is True)


def _phone_of(guardianship: Guardianship, *, not_at_home: bool) -> str:
    """not_at_home: the child's own wish, or what was wished for it."""
    guardian = guardianship.guardian
    if guardianship.phone or guardian is None:
        return guardianship.phone
    spared = _SHARED_PHONES if not_at_home or guardian.not_at_home else frozenset()
    usable = [
        one
        for one in guardian.contact_points.all()
        if one.kind == ContactPoint.Kind.PHONE and not one.do_not_use and one.label.lower() not in spared
    ]
    return min(usable, key=lambda one: (one.rank, one.id)).value if usable else ""


def may_turn_to(guardianship: Guardianship, *, today: date) -> bool:
    """Whether this guardian may be contacted: no patient, or one who is of age and wants contact."""
    guardian = guardianship.guardian
    return guardian is None or (guardian.may_be_contacted and not birth_of(guardian).may_be_minor_on(today))


def patients_turned_to(guardianships: Iterable[Guardianship], *, today: date) -> list[Patient]:
    """Of a minor's guardians those whose own wishes hold, too: patients who may be turned to."""
    return [one.guardian for one in guardianships if one.guardian and may_turn_to(one, today=today)]


def guardian_name(guardianship: Guardianship) -> str:
    return guardianship.guardian.display_name if guardianship.guardian else guardianship.name


def _guardian(guardianship: Guardianship, number: str, child: Patient, why_not: str, *, today: date) -> Reach:
    """The stricter of both wishes: the child's, or what was wished for it, and the guardian's own."""
    label = ", ".join(part for part in (guardian_name(guardianship), guardianship.relation) if part)
    guardian = guardianship.guardian
    if guardian is not None and not why_not:
        why_not = _refusal(guardian) or ("" if may_turn_to(guardianship, today=today) else "A minor, too")
        why_not = why_not or _no_calls(_granted(guardian.consents.all()))
    if why_not:
        return Reach(Channel.CALL, label, number, why_not, allowed=False)
    no_voicemail = child.no_voicemail or (guardian is not None and guardian.no_voicemail)
    wish = "Guardian, no voicemail" if no_voicemail else "Guardian"
    return Reach(Channel.CALL, label, number, wish, allowed=True, no_voicemail=no_voicemail)


def _granted(consents: Iterable[Consent]) -> Consents:
    return {question: answer.granted for question, answer in newest_consents(list(consents)).items()}
