"""A program brings a file, says what it leaves open, looks, has it imported, and takes it back."""

import base64

import pytest
import time_machine
from django.utils import timezone

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.run_import import run_import
from loyalty.intake.run_undo import run_undo
from loyalty.models import Import, Patient
from tests.api.sending import faults, post, problem
from tests.partners import client_of

IMPORTS = "/api/v1/imports/"
TABLE = "First name,Last name,Phone,Born\nNoor,Haddad,(503) 555-0101,1984-02-29\nAda,Lovelace,none,\n,,5,\n"


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


def sent(content, **more):
    data = content.encode() if isinstance(content, str) else content
    return {"file_name": "clients.csv", "content": base64.b64encode(data).decode(), **more}


def path_of(row, step=""):
    return f"{IMPORTS}{row['id']}/{step}"


def work(aurora, row, job):
    """What the job does that a step enqueued."""
    with practice_scope(aurora):
        job(import_id=row["id"], clock=timezone.now)


@pytest.fixture
def brought(api):
    return post(api, IMPORTS, sent(TABLE)).json()


@pytest.fixture
def checked(api, aurora, brought):
    mapping = {"mapping": ["given_name", "family_name", "phone", "birth_date"], "known_as": "Harbor"}
    row = post(api, path_of(brought, "columns/"), mapping).json()
    assert (row["state"], row["is_at_work"]) == ("checking", True)
    work(aurora, row, check_import)
    return api.get(path_of(row)).json()


def test_a_file_goes_in_and_out_again_as_people_bring_theirs(api, aurora, program, checked):
    assert (checked["state"], checked["rows"], checked["new"], checked["refused"]) == ("checked", 3, 2, 1)
    shown = api.get(path_of(checked, "preview/")).json()
    assert [(one["row"], one["name"], one["result"]) for one in shown["rows"]] == [
        (2, "Noor Haddad", "ready"), (3, "Ada Lovelace", "remark"), (4, "", "refused"),
    ]  # fmt: skip
    wrong = api.get(path_of(checked, "errors/")).json()
    assert [(one["row"], one["column"], one["lands"]) for one in wrong["data"]] == [(3, "Phone", True), (4, "", False)]
    assert wrong["next"] is None

    row = post(api, path_of(checked, "start/")).json()
    assert row["state"] == "waiting"
    work(aurora, row, run_import)
    done = api.get(path_of(row)).json()
    assert (done["state"], done["new"], done["done"], done["total"], done["may_undo"]) == ("done", 2, 3, 3, True)
    names = {one["given_name"] for one in api.get("/api/v1/patients/").json()["data"]}
    assert {"Noor", "Ada"} <= names

    row = post(api, path_of(row, "undo/")).json()
    work(aurora, row, run_undo)
    undone = api.get(path_of(row)).json()
    assert (undone["state"], undone["removed"], undone["may_undo"]) == ("undone", 2, False)
    with practice_scope(aurora):
        assert not Patient.objects.filter(given_name__in=["Noor", "Ada"]).exists()
        asked = Entry.objects.filter(asker_id=program.application.id, verb__startswith="import.")
        assert {"import.uploaded", "import.mapped", "import.started", "import.undo_asked", "import.read"} <= set(
            asked.values_list("verb", flat=True)
        )


def test_what_a_column_is_is_guessed_and_can_be_said(api, brought):
    told = api.get(path_of(brought, "columns/")).json()
    assert [(one["name"], one["becomes"]) for one in told["columns"]] == [
        ("First name", "given_name"), ("Last name", "family_name"), ("Phone", "phone"), ("Born", "birth_date"),
    ]  # fmt: skip
    assert told["columns"][0]["samples"] == ["Noor", "Ada"]
    assert {"key": "email", "name": "Email"} in told["fields"]
    twice = post(api, path_of(brought, "columns/"), {"mapping": ["given_name", "given_name", "", ""]})
    assert (problem(twice), faults(twice)) == ((422, "column_twice"), {("#/mapping", "column_twice")})
    short = post(api, path_of(brought, "columns/"), {"mapping": ["given_name"]})
    assert problem(short) == (422, "columns_changed")
    nowhere = {"mapping": ["given_name", "", "", ""], "location_id": "00000000-0000-7000-8000-000000000000"}
    answer = post(api, path_of(brought, "columns/"), nowhere)
    assert faults(answer) == {("#/location_id", "location_missing")}


def test_what_a_file_leaves_open_is_asked_and_answered(api):
    row = post(api, IMPORTS, sent("Noor;Haddad\nAda;Lovelace\n", kind="patients")).json()
    assert row["asks"] == ["header"]
    open_ = post(api, path_of(row, "columns/"), {"mapping": []})
    assert problem(open_) == (409, "reading_open")
    assert problem(api.get(path_of(row, "columns/"))) == (409, "reading_open")
    row = post(api, path_of(row, "reading/"), {"header_row": 0}).json()
    assert (row["asks"], row["header_row"], row["separator"]) == ([], 0, ";")
    wrong = post(api, path_of(row, "reading/"), {"separator": "x"})
    assert (problem(wrong), faults(wrong)) == (
        (422, "separator_unknown"), {("#/separator", "separator_unknown")},
    )  # fmt: skip


def test_what_is_no_table_is_refused_with_its_place(api, aurora):
    for content, code in ((b"%PDF-1.7", None), (b"", None)):
        answer = post(api, IMPORTS, sent(content))
        assert answer.status_code == 422, answer.content
        assert {pointer for pointer, _ in faults(answer)} == {"#/content"}, code
    answer = post(api, IMPORTS, {"file_name": "x.csv", "content": "not base64!", "kind": "money"})
    assert faults(answer) == {("#/content", "type"), ("#/kind", "type")}
    with practice_scope(aurora):
        assert not Import.objects.exists()


def test_a_file_larger_than_any_other_body_is_taken_and_one_that_is_too_large_is_not(api, aurora, monkeypatch):
    rows = "".join(f"Patient {number},Of Many\n" for number in range(160_000))
    row = post(api, IMPORTS, sent(f"First name,Last name\n{rows}")).json()
    assert row["size"] > 2_621_440
    monkeypatch.setattr("api.v1.imports._SENT", 100)
    assert problem(post(api, IMPORTS, sent(TABLE))) == (413, "too_large")
    with practice_scope(aurora):
        assert Import.objects.count() == 1


def test_a_large_body_is_not_read_for_nobody(aurora, monkeypatch):
    """The limit is lifted once it is known who asks."""
    monkeypatch.setattr("api.v1.imports._SENT", 100)
    assert problem(post(client_of(None, at=aurora), IMPORTS, sent(TABLE))) == (401, "invalid_token")


def test_a_step_that_does_not_come_now_is_refused(api, aurora, checked, brought):
    assert problem(post(api, path_of(checked, "undo/"))) == (409, "import_went_on")
    assert problem(post(api, path_of(checked, "stop/"))) == (409, "import_went_on")
    other = post(api, IMPORTS, sent(TABLE)).json()
    assert problem(api.get(path_of(other, "preview/"))) == (409, "import_not_checked")
    assert problem(post(api, path_of(other, "start/"))) == (409, "import_went_on")
    assert api.delete(path_of(other)).status_code == 204
    assert problem(api.get(path_of(other))) == (404, "not_found")
    post(api, path_of(checked, "start/"))
    assert problem(api.delete(path_of(checked))) == (409, "import_went_on")
    assert post(api, path_of(checked, "stop/")).json()["state"] == "checked"


def test_the_same_file_sent_again_with_its_key_is_one_import(api, aurora):
    first = post(api, IMPORTS, sent(TABLE), key="once")
    again = post(api, IMPORTS, sent(TABLE), key="once")
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert first["Location"].endswith(path_of(first.json()))
    assert len(api.get(IMPORTS).json()["data"]) == 1


def test_errors_come_in_pages(api, aurora, monkeypatch):
    monkeypatch.setattr("loyalty.exchange.imports.ISSUES", 2)
    row = post(api, IMPORTS, sent("First name,Last name\n" + " ,x\n" * 0 + "\tA,B\n" * 5, kind="patients")).json()
    post(api, path_of(row, "columns/"), {"mapping": ["given_name", "family_name"]})
    work(aurora, row, check_import)
    found, after = [], ""
    while after is not None:
        body = api.get(f"{path_of(row, 'errors/')}{after and '?after=' + after}").json()
        assert len(body["data"]) <= 2
        found += [one["row"] for one in body["data"]]
        after = body["next"]
    assert found == sorted(found)
    assert len(found) == api.get(path_of(row)).json()["refused"] + api.get(path_of(row)).json()["remarked"]
    assert problem(api.get(f"{path_of(row, 'errors/')}?after=x")) == (400, "bad_parameter")
    assert problem(api.get(f"{path_of(row, 'errors/')}?row=2")) == (400, "bad_parameter")
