"""Many patients at once: each found by the program's own id, each with a result of its own."""

from core.audit.models import Entry
from core.outbox.models import Event
from core.tenancy.scope import practice_scope
from loyalty.models import Patient, PatientIdentifier
from tests.api.sending import post, problem
from tests.api.test_write_patients import PATIENTS, WHOLE

BULK = f"{PATIENTS}bulk/"
ONE = {name: value for name, value in WHOLE.items() if name not in ("external_ids", "record_number")}
LIVING = {name: value for name, value in ONE.items() if not name.startswith("deceased")}


def send(api, *rows):
    answer = post(api, BULK, {"patients": list(rows)})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def statuses(results):
    return [one["status"] for one in results]


def found(api, external_id):
    (row,) = api.get(f"{PATIENTS}?external_id={external_id}").json()["data"]
    return row


def test_new_ones_are_written_known_ones_changed_and_the_rest_left(api, aurora, program):
    first = send(api, {**ONE, "external_id": "H-1"}, {"external_id": "H-2", "given_name": "Al"})
    assert statuses(first) == ["created", "created"]
    row = found(api, "H-1")
    assert row["id"] == first[0]["id"]
    # To the letter as one that is written by itself.
    alone = post(api, PATIENTS, {**ONE, "external_ids": ["H-3"]}).json()
    differ = {name for name in row if row[name] != alone[name]}
    assert differ == {"id", "external_ids", "created_at", "updated_at"}
    with practice_scope(aurora):
        before = Event.objects.count()
    again = send(
        api,
        {**ONE, "external_id": "H-1"},
        {"external_id": "H-2", "city": "Salem", "birth_year": None},
        {"external_id": "H-4", "family_name": "Aziz"},
    )
    assert statuses(again) == ["unchanged", "updated", "created"]
    assert [one["id"] for one in again[:2]] == [one["id"] for one in first]
    assert (found(api, "H-2")["given_name"], found(api, "H-2")["city"]) == ("Al", "Salem")
    with practice_scope(aurora):
        events = list(Event.objects.order_by("number").values_list("kind", "record_id"))[before:]
        assert [(kind, str(id)) for kind, id in events] == [
            ("patient.enrolled", again[2]["id"]), ("patient.changed", again[1]["id"]),
        ]  # fmt: skip
        entry = Entry.objects.filter(verb="patients.written").latest("at")
        assert {str(one) for one in entry.patients} == {one["id"] for one in again}
        assert entry.asker_id == program.application.id


def test_a_row_that_cannot_be_kept_is_refused_alone(api, aurora):
    post(api, PATIENTS, {"given_name": "Taken", "record_number": "007"})
    rows = [
        {"external_id": "G-1", "given_name": "Good"},
        {"given_name": "No id"},
        {"external_id": "B-1"},
        {"external_id": "B-2", "given_name": "Al", "birth_year": 2023, "birth_month": 2, "birth_day": 29},
        {"external_id": "B-3", "given_name": "Al", "record_number": "007"},
        {"external_id": "G-1", "given_name": "Again"},
        {"external_id": "B-4", "given_name": 7, "scar": 1},
        5,
        {"external_id": "G-2", "given_name": "Good", "record_number": "008"},
        {"external_id": "B-5", "given_name": "Al", "record_number": "008"},
    ]
    results = send(api, *rows)
    said = [
        {(e["pointer"].removeprefix(f"#/patients/{n}"), e["code"]) for e in one["errors"]}
        for n, one in enumerate(results)
    ]
    assert said == [
        set(),
        {("/external_id", "required")},
        {("/given_name", "name_missing")},
        {("/birth_day", "birth_day_impossible")},
        {("/record_number", "record_number_taken")},
        {("/external_id", "row_twice")},
        {("/given_name", "type"), ("/scar", "unknown_field")},
        {("", "type")},
        set(),
        {("/record_number", "record_number_taken")},
    ]
    good = [n for n, errors in enumerate(said) if not errors]
    assert [n for n, one in enumerate(results) if one["status"] == "created" and one["id"]] == good
    assert [n for n, one in enumerate(results) if one["status"] == "refused" and one["id"] is None] == [
        n for n in range(len(rows)) if n not in good
    ]
    with practice_scope(aurora):
        assert set(PatientIdentifier.objects.values_list("value", flat=True)) == {"G-1", "G-2"}
        assert Patient.objects.filter(given_name__in=["Al", "Again", "No id"]).count() == 0


def test_numbers_and_wishes_of_known_patients_follow_the_rules_for_one(api, aurora):
    phone = {"kind": "phone", "value": "(503) 555-0101"}
    send(
        api,
        {
            "external_id": "H-1",
            "given_name": "Al",
            "contact_points": [{**phone, "do_not_use": True}],
            "no_voicemail": True,
        },
    )
    points = [{"kind": "email", "value": "al@example.com"}]
    assert statuses(send(api, {"external_id": "H-1", "contact_points": points, "no_contact": True})) == ["updated"]
    row = found(api, "H-1")
    assert {(one["value"], one["do_not_use"]) for one in row["contact_points"]} == {
        (phone["value"], True), ("al@example.com", False),
    }  # fmt: skip
    assert (row["no_contact"], row["no_voicemail"]) == (True, True)
    (result,) = send(api, {"external_id": "H-1", "city": "Salem", "no_voicemail": False})
    assert [one["code"] for one in result["errors"]] == ["wish_kept"]
    assert (found(api, "H-1")["no_voicemail"], found(api, "H-1")["city"]) == (True, "Salem")
    with practice_scope(aurora):
        assert Entry.objects.filter(verb="wish.noted").count() == 2


def test_what_is_no_list_of_patients_is_refused(api, aurora):
    for body in ({}, {"patients": []}, {"patients": {}}, [], {"patients": [{}], "x": 1}, {"patients": [{}] * 1001}):
        assert problem(post(api, BULK, body)) == (422, "invalid_body")
    assert problem(post(api, BULK, {"patients": [{}]}, key=None)) == (400, "idempotency_key_missing")


def test_the_number_of_statements_does_not_grow_with_the_rows(api, django_assert_max_num_queries):
    rows = [{**LIVING, "external_id": f"H-{n}"} for n in range(60)]
    with django_assert_max_num_queries(30):
        assert set(statuses(send(api, *rows))) == {"created"}
    points = [{"kind": "phone", "value": "(503) 555-0109"}, LIVING["contact_points"][2]]
    wishes = {"no_contact": True, "plain_envelope": True, "deceased": True}
    changed = [{**row, "city": "Salem", "contact_points": points, **wishes} for row in rows]
    with django_assert_max_num_queries(40):
        assert set(statuses(send(api, *changed))) == {"updated"}
