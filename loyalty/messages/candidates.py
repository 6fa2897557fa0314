"""The numbers and addresses by which a patient, or a minor's guardian, could be written to, in the order to try."""

from collections.abc import Iterable, Mapping
from datetime import date

from core.messages.addresses import fingerprint, normal, zones_of_phone
from loyalty.messages.policy import Candidate
from loyalty.models import ContactPoint, Guardianship, Patient, Suppression, SuppressionReason
from loyalty.patients.name import first_name
from loyalty.patients.reach import may_turn_to

# What a phone is called that is read by its owner alone; home and work phones are not texted.
_TEXTED = frozenset({"", "mobile", "cell"})
_HOME = "home"


def candidates(patient: Patient, *, kind: str, today: date) -> tuple[Candidate, ...]:
    """Both the patient's own and the guardians'; the policy chooses which of them count. Four queries at most."""
    found = [_of_point(point, owner=patient, patient=patient) for point in _points(patient, kind)]
    for guardianship in Guardianship.objects.filter(patient=patient).select_related("guardian").order_by("id"):
        found += _of_guardian(guardianship, patient=patient, kind=kind, today=today)
    return _with_suppressions(found, kind)


def _of_guardian(guardianship: Guardianship, *, patient: Patient, kind: str, today: date) -> list[Candidate]:
    guardian = guardianship.guardian
    given = guardianship.phone if kind == ContactPoint.Kind.PHONE else guardianship.email
    name = _first(guardian) if guardian else guardianship.name.split(" ", 1)[0]
    found = [_candidate(kind, given, name=name, to_guardian=True)] if given else []
    if guardian is not None:
        if not may_turn_to(guardianship, today=today):
            return []
        found += [_of_point(point, owner=guardian, patient=patient) for point in _points(guardian, kind)]
    return found


def _of_point(point: ContactPoint, *, owner: Patient, patient: Patient) -> Candidate:
    label = point.label.lower()
    is_home = label == _HOME and (owner.not_at_home or patient.not_at_home)
    # A home phone is not texted at all, but "not at home" is the better reason where both are true.
    usable = point.kind == ContactPoint.Kind.EMAIL or label in _TEXTED or is_home
    return _candidate(
        point.kind,
        point.value if usable else "",
        name=_first(owner),
        to_guardian=owner.pk != patient.pk,
        avoided=point.do_not_use,
        at_home=is_home,
    )


def _candidate(kind: str, given: str, *, name: str, to_guardian: bool, **wishes: bool) -> Candidate:
    address = normal(kind, given)
    zones = zones_of_phone(address) if address and kind == ContactPoint.Kind.PHONE else ()
    return Candidate(address=address, name=name, to_guardian=to_guardian, zones=zones, **wishes)


def _with_suppressions(found: Iterable[Candidate], kind: str) -> tuple[Candidate, ...]:
    hashes = {one.address: fingerprint(kind, one.address) for one in found if one.address}
    reasons: Mapping[str, str] = dict(
        Suppression.objects.filter(kind=kind, address_hash__in=hashes.values(), lifted_at__isnull=True).values_list(
            "address_hash", "reason"
        )
    )

    def marked(one: Candidate) -> Candidate:
        reason = reasons.get(hashes.get(one.address, ""))
        return Candidate(
            address=one.address,
            name=one.name,
            to_guardian=one.to_guardian,
            avoided=one.avoided,
            at_home=one.at_home,
            stopped=reason is not None and reason != SuppressionReason.UNREACHABLE,
            unreachable=reason == SuppressionReason.UNREACHABLE,
            zones=one.zones,
        )

    return tuple(marked(one) for one in found)


def _points(patient: Patient, kind: str) -> Iterable[ContactPoint]:
    return ContactPoint.objects.filter(patient=patient, kind=kind).order_by("rank", "id")


def _first(patient: Patient) -> str:
    return first_name(patient.given_name, patient.preferred_name, patient.family_name)
