"""The network registers partners' programs. A secret is shown once, and is found nowhere after."""

import logging
import re

import pytest
from django.db import connection

from tenants.models import PartnerApplication
from tenants.partners.tokens import application_of
from tests.tenants.partners import HOUSE, PATIENTS, WORDS, let_in, registered

SECRET = re.compile(r"prs_[\w-]{43}")
TYPED = {**WORDS, "scopes": [HOUSE]}


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


@pytest.fixture
def program(db):
    return registered()[0]


def shown(answer) -> str:
    """The one secret that the page shows."""
    assert answer.status_code == 200
    (found,) = SECRET.findall(answer.content.decode())
    return found


def holding(secret: str) -> list[str]:
    """The tables of the network, the trail among them, with a row that holds the words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT 1 FROM public."{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{secret}%"])
            found += [table] if cursor.fetchone() else []
        return found


def test_without_any_the_page_says_what_to_do(nora, words):
    page = words(nora.get("/partners/"))
    assert "No program is registered" in page
    assert "Register a program" in page


def test_registered_its_secret_is_shown_once_and_works(nora, words, now):
    answer = nora.post("/partners/new/", TYPED)
    secret = shown(answer)
    program = PartnerApplication.objects.get()
    assert application_of(program.client_id, secret, now=now) == program
    assert answer.headers["Cache-Control"] == "no-store"
    page = words(answer)
    assert "Shown this once." in page
    assert program.client_id in page
    assert "/api/token/" in page


def test_the_secret_is_in_no_log_no_trail_and_no_session(nora, caplog, program):
    with caplog.at_level(logging.DEBUG):
        secrets = [
            shown(nora.post("/partners/new/", {**TYPED, "name": "Calendar"})),
            shown(nora.post(f"/partners/{program.id}/secret/", {"why": "planned"})),
        ]
    for secret in secrets:
        assert secret not in "".join(record.getMessage() for record in caplog.records if record.name != "django.db")
        assert holding(secret) == []
        # Packed, the words of a session are not found in its row.
        assert secret not in str(dict(nora.session.items()))
        for path in ("/partners/", f"/partners/{program.id}/", f"/partners/{program.id}/secret/", "/trail/"):
            assert secret not in nora.get(path).content.decode()
    assert holding("Harbor Records") == ["tenants_partnerapplication"]


def test_what_was_typed_stays_where_something_is_missing(nora):
    answer = nora.post("/partners/new/", {**TYPED, "name": "", "scopes": []})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give it the name that practices know it by." in page
    assert "Choose at least one thing that it may do." in page
    assert "Keeps charts." in page
    assert not PartnerApplication.objects.exists()


def test_sent_twice_the_second_one_is_told(nora):
    nora.post("/partners/new/", TYPED)
    answer = nora.post("/partners/new/", TYPED)
    assert answer.status_code == 422
    assert "A program of that name is registered already." in answer.content.decode()


def test_how_many_let_it_in_is_seen_and_never_which(nora, program, aurora, borealis, person, words):
    let_in(program, aurora, person("Olivia"))
    let_in(program, borealis, person("Bella"))
    page = words(nora.get("/partners/"))
    assert "Harbor Records Keeps charts. Practices 2 Status Active" in page
    both = page + words(nora.get(f"/partners/{program.id}/"))
    assert "2 let it in" in both
    for name in ("Aurora", "Borealis", "Olivia", "Bella"):
        assert name not in both


def test_it_is_changed(nora, program, words):
    path = f"/partners/{program.id}/"
    assert "Keeps charts." in nora.get(path).content.decode()
    answer = nora.post(path, {**TYPED, "about": "Keeps charts and more."})
    assert answer.headers["Location"] == f"{path}?said=partner-changed"
    program.refresh_from_db()
    assert (program.about, program.scopes) == ("Keeps charts and more.", [HOUSE])
    assert nora.post(path, {**TYPED, "contact_email": "dana"}).status_code == 422


def test_a_new_secret_asks_why_and_says_what_it_means(nora, program, now):
    path = f"/partners/{program.id}/secret/"
    assert nora.post(path, {}).status_code == 422
    planned = shown(nora.post(path, {"why": "planned"}))
    assert "It was renewed within the last day." in nora.get(path).content.decode()
    stolen = shown(nora.post(path, {"why": "stolen"}))
    assert application_of(program.client_id, planned, now=now) is None
    assert application_of(program.client_id, stolen, now=now) == program


def test_it_is_suspended_and_goes_on(nora, program, words):
    path = f"/partners/{program.id}/"
    assert "Suspend Harbor Records" in nora.get(path + "suspension/").content.decode()
    assert nora.post(path + "suspension/").headers["Location"] == f"{path}?said=partner-suspended"
    assert "Suspended since" in words(nora.get(path))
    assert nora.post(path + "suspension/").status_code == 409
    assert nora.post(path + "resumption/").headers["Location"] == f"{path}?said=partner-resumed"
    assert nora.post(path + "resumption/").status_code == 409


def test_the_trail_names_the_program(nora, words):
    nora.post("/partners/new/", {**TYPED, "scopes": [HOUSE, PATIENTS]})
    entries = words(nora.get("/trail/")).split("Entries, newest first")[1]
    assert "Nora North Network admin What Registered a partner’s program Whom Harbor Records" in entries


def test_a_program_that_is_none_is_not_found(nora, person):
    for what in ("", "secret/", "suspension/", "resumption/"):
        assert nora.post(f"/partners/{person('Sam').id}/{what}", TYPED).status_code == 404
