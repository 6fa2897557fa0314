"""The network's admin sees what was done in the network, and nothing of any practice's patients."""

import pytest

from core import audit
from core.tenancy.scope import practice_scope


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


def test_it_says_who_did_what_to_whom(nora, aurora, person, words):
    asker = audit.Asker(kind=audit.AskerKind.PERSON, id=person("Nora").id, role="network_admin", address="203.0.113.4")
    with audit.asking(asker):
        audit.record("practice.opened", practice_id=aurora.id, person_id=person("Olivia").id)
    said = words(nora.get("/trail/")).split("Entries, newest first")[1]
    assert "Nora North Network admin" in said
    assert "Aurora Aesthetics Olivia Owens" in said
    assert "203.0.113.4" in said


def test_it_narrows_to_a_practice(nora, aurora, borealis, words):
    audit.record("practice.suspended", practice_id=aurora.id)
    assert "Suspended the practice" in words(nora.get(f"/trail/?practice={aurora.id}"))
    assert "Suspended the practice" not in words(nora.get(f"/trail/?practice={borealis.id}"))


def test_a_refused_try_on_the_network_host_stands_there(nora, sign_in, words):
    assert sign_in("Ana", at="").get("/trail/").status_code == 404
    said = words(nora.get("/trail/?what=refused"))
    assert "Ana Lyst Network analyst" in said


def test_what_happens_in_a_practice_is_not_there(nora, aurora, words):
    with practice_scope(aurora):
        audit.record("visit.booked")
    assert "Booked a visit" not in words(nora.get("/trail/"))


def test_nonsense_is_not_found_or_ignored(nora):
    assert nora.get("/trail/?after=1").status_code == 404
    assert nora.get("/trail/?practice=1&who=2").status_code == 200
