"""Many patients at once follow the rules of one: what is refused, what is kept, what is called off, what is told."""

from datetime import timedelta
from uuid import UUID

from core.audit.models import Entry
from core.outbox.models import Event
from core.tenancy.scope import practice_scope
from loyalty.models import Location, Patient, Touchpoint, WishChange
from loyalty.patients.merging.merge import merge
from loyalty.visits.book import book
from tests.api.sending import patch, post, problem
from tests.api.test_patients_bulk import BULK, found, send, statuses
from tests.api.test_write_patients import PATIENTS
from tests.at_once import at_once

ONE, TWO = ({"kind": "phone", "value": f"(503) 555-010{n}"} for n in (1, 2))
NAMED = {"given_name": "Al"}


def errors(result):
    return {(one["pointer"], one["code"]) for one in result["errors"]}


def numbers(row):
    return {one["value"]: one["do_not_use"] for one in row["contact_points"]}


def test_a_list_of_numbers_that_is_wrong_refuses_its_row_alone(api):
    send(api, {**NAMED, "external_id": "H-1", "contact_points": [ONE]})
    twice = [TWO, {**TWO, "value": "503.555.0102"}]
    eleven = [{"kind": "phone", "value": f"(503) 555-02{n:02d}"} for n in range(11)]
    results = send(
        api,
        {"external_id": "H-1", "city": "Salem", "contact_points": twice},
        {**NAMED, "external_id": "H-2", "contact_points": twice},
        {**NAMED, "external_id": "H-3", "contact_points": eleven},
        {**NAMED, "external_id": "H-4", "contact_points": eleven[:10]},
    )
    assert statuses(results) == ["refused", "refused", "refused", "created"]
    assert [errors(one) for one in results] == [
        {("#/patients/0/contact_points", "contact_twice")},
        {("#/patients/1/contact_points", "contact_twice")},
        {("#/patients/2/contact_points", "contact_points_many")},
        set(),
    ]
    row = found(api, "H-1")
    assert (row["city"], list(numbers(row))) == ("", [ONE["value"]])


def test_what_a_patient_asked_for_is_kept_and_the_rest_of_the_row_too(api):
    spared = {**ONE, "do_not_use": True}
    send(
        api,
        {**NAMED, "external_id": "H-1", "contact_points": [spared], "no_voicemail": True},
        {**NAMED, "external_id": "H-2", "contact_points": [ONE]},
    )
    results = send(
        api,
        {
            "external_id": "H-1",
            "city": "Salem",
            "contact_points": [{**ONE, "do_not_use": False}, TWO],
            "no_voicemail": False,
        },
        {"external_id": "H-2", "contact_points": [TWO]},
    )
    assert statuses(results) == ["updated", "updated"]
    assert [errors(one) for one in results] == [
        {("#/patients/0/contact_points", "wish_kept"), ("#/patients/0/no_voicemail", "wish_kept")},
        set(),
    ]
    row = found(api, "H-1")
    assert (row["city"], numbers(row), row["no_voicemail"]) == ("Salem", {ONE["value"]: True}, True)
    assert numbers(found(api, "H-2")) == {TWO["value"]: False}


def test_a_spared_number_stays_and_counts(api):
    ten = [{"kind": "phone", "value": f"(503) 555-02{n:02d}"} for n in range(10)]
    send(api, {**NAMED, "external_id": "H-1", "contact_points": [{**ONE, "do_not_use": True}]})
    (result,) = send(api, {"external_id": "H-1", "contact_points": ten})
    assert (result["status"], errors(result)) == (
        "unchanged", {("#/patients/0/contact_points", "contact_points_many")},
    )  # fmt: skip
    (result,) = send(api, {"external_id": "H-1", "contact_points": ten[:9]})
    assert (result["status"], numbers(found(api, "H-1"))[ONE["value"]]) == ("updated", True)


def test_the_day_of_a_death_needs_the_death_and_is_not_ahead(api):
    results = send(
        api,
        {**NAMED, "external_id": "H-1", "deceased_on": "2026-01-31"},
        {**NAMED, "external_id": "H-2", "deceased": True, "deceased_on": "2096-01-31"},
        {**NAMED, "external_id": "H-3", "deceased": True, "deceased_on": "2026-01-31"},
    )
    assert [errors(one) for one in results] == [
        {("#/patients/0/deceased_on", "deceased_on_alone")}, {("#/patients/1/deceased_on", "deceased_ahead")}, set(),
    ]  # fmt: skip
    rows = [found(api, f"H-{n}") for n in (1, 2, 3)]
    assert [(row["deceased"], row["deceased_on"]) for row in rows] == [
        (False, None), (False, None), (True, "2026-01-31"),
    ]  # fmt: skip
    (result,) = send(api, {"external_id": "H-3", "deceased_on": "2026-01-30"})
    assert (result["status"], found(api, "H-3")["deceased_on"]) == ("updated", "2026-01-30")
    assert statuses(send(api, {"external_id": "H-3", "deceased_on": "2026-01-30"})) == ["unchanged"]


def test_many_leave_the_same_behind_as_one(api, aurora):
    """Whoever follows the events or reads the trail cannot tell the two ways apart but for the entry of the lot."""
    sent = {"city": "Salem", "contact_points": [TWO], "no_contact": True, "not_at_home": True}
    alone = post(api, PATIENTS, {**NAMED, "contact_points": [ONE]}).json()
    (among,) = send(api, {**NAMED, "external_id": "H-1", "contact_points": [ONE]})
    with practice_scope(aurora):
        first = Event.objects.latest("number").number
        before = list(Entry.objects.values_list("id", flat=True))
    patch(api, f"{PATIENTS}{alone['id']}/", sent)
    send(api, {"external_id": "H-1", **sent})
    with practice_scope(aurora):
        of_whom = {alone["id"]: [], among["id"]: []}
        for event in Event.objects.filter(number__gt=first):
            of_whom[event.ids["patients"][0]].append((event.kind, event.record_kind, len(event.ids["patients"])))
        assert sorted(of_whom[alone["id"]]) == sorted(of_whom[among["id"]])
        told = {alone["id"]: [], among["id"]: []}
        entries = Entry.objects.exclude(id__in=before)
        for entry in entries.filter(verb__in=["contact_point.replaced", "wish.noted"]):
            told[str(entry.patients[0])].append((entry.verb, entry.subject_kind, str(entry.detail), entry.why))
        assert sorted(told[alone["id"]]) == sorted(told[among["id"]])
        assert len(told[among["id"]]) == 3


def test_the_end_of_contact_calls_off_what_waits_of_each(api, aurora, now):
    results = send(api, *({**NAMED, "external_id": f"H-{n}"} for n in range(3)))
    with practice_scope(aurora):
        location_id = Location.objects.get().id
        for one in results:
            book(patient_id=UUID(one["id"]), location_id=location_id, starts_at=now + timedelta(days=2), now=now)
        waiting = dict(Touchpoint.objects.values_list("patient_id", "id"))
    assert len(waiting) == 3
    send(api, *({"external_id": f"H-{n}", "no_contact": True, "deceased": True} for n in range(2)))
    with practice_scope(aurora):
        changes = WishChange.objects.filter(patient__in=waiting)
        called_off = {(one.patient_id, tuple(one.called_off)) for one in changes if one.called_off}
        ended = [UUID(one["id"]) for one in results[:2]]
        assert called_off == {(patient, (waiting[patient],)) for patient in ended}
        states = dict(Touchpoint.objects.values_list("patient_id", "state"))
        assert [states[UUID(one["id"])] for one in results] == ["cancelled", "cancelled", "planned"]


def test_who_is_merged_meanwhile_is_not_written_into_the_old_record(open_place, let_in_at, now):
    place = open_place()
    api = let_in_at(place)
    one, two = send(api, {**NAMED, "external_id": "H-1"}, {**NAMED, "external_id": "H-2"})

    def merges():
        with practice_scope(place):
            merge(patient_id=UUID(one["id"]), merged_id=UUID(two["id"]), take=(), by_person_id=None, now=now)

    def writes():
        return post(api, BULK, {"patients": [{"external_id": "H-2", "city": "Salem"}]})

    _, answer = at_once(merges, writes)
    assert problem(answer) == (409, "written_meanwhile")
    with practice_scope(place):
        assert not Patient.objects.filter(city="Salem").exists()
    (result,) = send(api, {"external_id": "H-2", "city": "Salem"})
    assert (result["status"], result["id"]) == ("updated", one["id"])
