"""A program follows what changes: nothing is missed, however late it is committed, and only what it asked for comes."""

import base64
from datetime import timedelta
from time import monotonic

import orjson
import pytest

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Location, Patient, Service, Staff
from loyalty.patients.change_contact_points import remove_contact_point
from loyalty.visits.book import book
from loyalty.visits.cancel import cancel
from tests.api.held import held
from tests.api.sending import post, problem
from tests.at_once import PATIENCE
from tests.partners import client_of, registered

PATIENTS, VISITS = "/api/v1/patients/", "/api/v1/visits/"


@pytest.fixture(autouse=True)
def _without_limit(settings):
    """`sent_at_rest` asks until transactions of other tests are over: more often than a program may in a minute."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000


def walk(api, query="", *, between=lambda: None):
    """Names of the rows, page by page of two, and the watermark."""
    names, after = [], ""
    while True:
        body = api.get(f"{PATIENTS}?size=2&fields=given_name{query}{after}").json()
        names += [row["given_name"] for row in body["data"]]
        if body["next"] is None:
            return names, body["watermark"]
        between()
        after = f"&after={body['next']}"


def due(place, watermark):
    """Whom a walk from there sends. Transactions are counted over the whole server: whatever was written since the
    oldest one that is still open anywhere comes again, also where that one belongs to another test."""
    _, number = orjson.loads(base64.urlsafe_b64decode(watermark + "==="))
    with practice_scope(place):
        return set(Patient.objects.filter(written_in__gte=number).values_list("given_name", flat=True))


def sent_at_rest(api):
    """What a walk goes on sending when nothing is written: nothing, once no transaction of before is open any more."""
    until = monotonic() + PATIENCE
    while (rows := walk(api, f"&updated_since={walk(api)[1]}")[0]) and monotonic() < until:
        pass
    return rows


def make(*names):
    return lambda: Patient.objects.bulk_create(Patient(given_name=name) for name in names)


@pytest.fixture
def place(open_place):
    return open_place()


@pytest.fixture
def their(place, let_in_at):
    return let_in_at(place)


def test_what_is_committed_late_is_not_missed(place, their):
    """Three writers hold their rows back: past the walk, into the middle of it, and past the next one."""
    with practice_scope(place):
        make(*"ABCDE")()
    with held(place, make("late")):
        with (
            held(place, make("meanwhile")),
            held(place, lambda: Patient.objects.filter(given_name="A").update(city="X")),
        ):
            with practice_scope(place):
                make("after them")()
            names, watermark = walk(their)
            assert sorted(names) == [*"ABCDE", "after them"]
            with practice_scope(place):
                newest = max(Patient.objects.values_list("updated_at", flat=True))
        changed, next_watermark = walk(their, f"&updated_since={watermark}")
        assert {"A", "meanwhile"} <= set(changed) == due(place, watermark)
    last, _ = walk(their, f"&updated_since={next_watermark}")
    assert "late" in last
    # Going by times, all three would have been passed by for ever.
    with practice_scope(place):
        naive = set(Patient.objects.filter(updated_at__gt=newest).values_list("given_name", flat=True))
        assert not {"A", "meanwhile", "late"} & naive
    assert sent_at_rest(their) == []


def test_what_is_written_between_two_pages_is_in_this_walk_or_in_the_next(place, their):
    with practice_scope(place):
        make(*"ABCDEF")()
    early = held(place, make("early"))
    early.__enter__()
    with practice_scope(place):
        make("G")()
    steps = iter([lambda: None, lambda: early.__exit__(None, None, None)])
    names, watermark = walk(their, between=lambda: next(steps, lambda: None)())
    assert set("ABCDEFG") <= set(names)
    assert len(names) == len(set(names))
    again, watermark = walk(their, f"&updated_since={watermark}")
    assert "early" in {*names, *again}
    # A number that is taken off is a change of its patient.
    with practice_scope(place):
        patient = Patient.objects.get(given_name="A")
        point = ContactPoint.objects.create(patient=patient, kind="phone", value="503 555 0101", search="5035550101")
    changed = walk(their, f"&updated_since={watermark}")[0]
    assert {"A"} <= set(changed) == due(place, watermark)
    assert sent_at_rest(their) == []
    watermark = walk(their)[1]
    with practice_scope(place):
        remove_contact_point(patient_id=patient.id, point_id=point.id)
    changed, _ = walk(their, f"&updated_since={watermark}")
    assert {"A"} <= set(changed) == due(place, watermark)
    assert sent_at_rest(their) == []


def test_a_mark_of_another_database_is_refused(api):
    body = api.get(PATIENTS).json()
    cluster, number = orjson.loads(base64.urlsafe_b64decode(body["watermark"] + "==="))
    for stranger in (packed("1", number), packed(cluster, 2**62)):
        answer = api.get(f"{PATIENTS}?updated_since={stranger}")
        assert problem(answer) == (410, "watermark_unknown")


def packed(*parts):
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def test_only_the_fields_that_are_asked_for_come(api, patient, aurora):
    row = api.get(PATIENTS).json()["data"][0]
    some = api.get(f"{PATIENTS}?fields=family_name,id,contact_points").json()["data"][0]
    assert some == {name: row[name] for name in ("family_name", "id", "contact_points")}
    assert list(api.get(f"{PATIENTS}?fields=city").json()["data"][0]) == ["city"]
    with practice_scope(aurora):
        assert all(entry.patients == [patient.id] for entry in Entry.objects.filter(verb="patients.sent"))


def test_every_list_can_be_followed(api):
    for kind in ("locations", "services", "staff", "patients", "visits"):
        body = api.get(f"/api/v1/{kind}/").json()
        assert api.get(f"/api/v1/{kind}/?updated_since={body['watermark']}").status_code == 200


def test_patients_are_found_by_their_ids(api, aurora, patient):
    made = post(api, PATIENTS, {"given_name": "Noor", "external_ids": ["H-1"], "record_number": "007"}).json()

    def found(query, client=api):
        return [row["id"] for row in client.get(f"{PATIENTS}?{query}").json()["data"]]

    assert found("external_id=H-1") == found("record_number=007") == [made["id"]]
    assert found("external_id=H-2") == found("external_id=H-1&record_number=008") == []
    other = registered("Tide Booking")
    other.let_in(aurora)
    assert found("external_id=H-1", client_of(other.token(aurora), at=aurora)) == []


def test_visits_are_found_by_what_they_are(api, aurora, patient, now):
    with practice_scope(aurora):
        location, staff = Location.objects.get(), Staff.objects.first()
        service = Service.objects.create(name="Peel")
        one, two, three = (
            book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=days), now=now, **more)
            for days, more in ((1, {}), (2, {"staff_id": staff.id}), (3, {"service_id": service.id}))
        )
        cancel(visit_id=one.id, now=now)

    def found(query):
        return {row["id"] for row in api.get(f"{VISITS}?{query}").json()["data"]}

    ids = [str(visit.id) for visit in (one, two, three)]
    assert found("status=cancelled") == {ids[0]}
    assert found("day_from=2026-11-25&day_to=2026-11-25") == {ids[1]}
    assert found(f"staff_id={staff.id}") == {ids[1]}
    assert found(f"service_id={service.id}&status=booked") == {ids[2]}
    assert found(f"patient_id={patient.id}&location_id={location.id}") == set(ids)
    assert found(f"patient_id={location.id}") == found("external_id=") == set()
    for query in ("status=gone", "day_from=Monday", "patient_id=7"):
        assert problem(api.get(f"{VISITS}?{query}")) == (400, "bad_parameter")


def test_a_page_is_gone_on_from_with_the_same_filters_only(api, aurora, now, patient):
    with practice_scope(aurora):
        Patient.objects.bulk_create(Patient(given_name=f"P{n}") for n in range(3))
    after = api.get(f"{PATIENTS}?size=1").json()["next"]
    assert api.get(f"{PATIENTS}?size=3&after={after}").status_code == 200
    answer = api.get(f"{PATIENTS}?record_number=7&after={after}")
    assert (problem(answer), answer.json()["parameter"]) == ((400, "bad_parameter"), "after")
