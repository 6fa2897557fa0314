"""The owner sees what software is let in, lets it in, changes what it may do, and shuts it out."""

import pytest

from core import audit
from core.tenancy.scope import practice_scope
from tenants.actions.change_partner import change_partner
from tenants.actions.suspend_partner import suspend_partner
from tenants.models import PartnerGrant
from tests.tenants.partners import HOUSE, PATIENTS, WORDS, let_in, registered

SEES_HOUSE, SEES_PATIENTS = "See your locations", "See every patient"
PAGE = "/settings/software/"


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def program(db):
    return registered()[0]


@pytest.fixture
def grant(program, aurora, person):
    return let_in(program, aurora, person("Olivia"))


def choice(page: str) -> list[str]:
    """The scopes that are checked."""
    inputs = [part.split(">", 1)[0] for part in page.split("<input")[1:] if 'name="scopes"' in part.split(">", 1)[0]]
    return [one.split('value="', 1)[1].split('"', 1)[0] for one in inputs if "checked" in one]


def test_without_any_the_page_says_what_it_is_for(olivia, words):
    page = words(olivia.get(PAGE))
    assert "Nothing is connected" in page
    assert "The network has registered no software yet." in page


def test_what_could_be_let_in_says_what_it_asks_for(olivia, program, words):
    page = words(olivia.get(PAGE))
    assert "Harbor Records Keeps charts." in page
    assert SEES_HOUSE in page
    assert SEES_PATIENTS in page


def test_nothing_is_chosen_for_the_owner_and_nothing_chosen_is_told(olivia, program):
    path = f"{PAGE}{program.id}/grant/"
    assert choice(olivia.get(path).content.decode()) == []
    answer = olivia.post(path, {})
    assert answer.status_code == 422
    assert "Choose at least one thing that it may do." in answer.content.decode()
    assert not PartnerGrant.objects.exists()


def test_the_contract_with_its_maker_is_named_where_it_would_see_patients(olivia, program):
    modest, _ = registered(name="Calendar", scopes=[HOUSE])
    assert "business associate agreement" in olivia.get(f"{PAGE}{program.id}/grant/").content.decode()
    assert "business associate agreement" not in olivia.get(f"{PAGE}{modest.id}/grant/").content.decode()


def test_it_is_let_in_with_what_was_chosen(olivia, program, words):
    answer = olivia.post(f"{PAGE}{program.id}/grant/", {"scopes": [HOUSE]})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}?said=partner-let-in")
    page = words(olivia.get(PAGE))
    assert "It is let in. Now tell its maker your address." in words(olivia.get(answer.headers["Location"]))
    assert "It may See your locations, your services and who is on your team. No patients." in page
    assert SEES_PATIENTS not in page
    assert "Let in by Olivia Owens, Nov 23, 2026." in page


def test_let_in_twice_says_so(olivia, grant, program):
    answer = olivia.post(f"{PAGE}{program.id}/grant/", {"scopes": [HOUSE]})
    assert answer.status_code == 422
    assert "It is let in already." in answer.content.decode()


def test_whoever_would_let_it_in_again_is_shown_what_it_may_do(olivia, grant, program):
    answer = olivia.get(f"{PAGE}{program.id}/grant/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}grants/{grant.id}/")


def test_what_it_may_do_is_narrowed_from_what_it_is(olivia, grant):
    path = f"{PAGE}grants/{grant.id}/"
    assert choice(olivia.get(path).content.decode()) == [HOUSE, PATIENTS]
    assert olivia.post(path, {"scopes": ["everything"]}).status_code == 422
    assert olivia.post(path, {"scopes": [HOUSE]}).headers["Location"] == f"{PAGE}?said=partner-changed-here"
    assert choice(olivia.get(path).content.decode()) == [HOUSE]


def test_shut_out_it_is_gone_and_a_second_click_is_told(olivia, grant, words):
    path = f"{PAGE}grants/{grant.id}/end/"
    assert olivia.post(path).headers["Location"] == f"{PAGE}?said=partner-shut-out"
    assert "Nothing is connected" in words(olivia.get(PAGE))
    again = olivia.post(path)
    assert again.status_code == 409
    assert "It is not let in any more" in again.content.decode()
    assert olivia.get(f"{PAGE}grants/{grant.id}/").status_code == 404


def test_what_the_network_took_away_or_suspended_is_said(olivia, grant, program, now, words):
    change_partner(application_id=program.id, **{**WORDS, "scopes": [HOUSE]})
    suspend_partner(application_id=program.id, now=now)
    page = words(olivia.get(PAGE))
    assert "Suspended by the network." in page
    assert page.index("Taken away by the network") < page.index(SEES_PATIENTS)
    assert choice(olivia.get(f"{PAGE}grants/{grant.id}/").content.decode()) == [HOUSE]


def test_another_practices_is_not_found_and_not_shown(olivia, program, borealis, person, words):
    theirs = let_in(program, borealis, person("Bella"))
    for path in (f"grants/{theirs.id}/", f"grants/{theirs.id}/end/"):
        assert olivia.post(PAGE + path, {"scopes": [HOUSE]}).status_code == 404
    assert "Nothing is connected" in words(olivia.get(PAGE))
    theirs.refresh_from_db()
    assert (theirs.ended_at, theirs.scopes) == (None, [HOUSE, PATIENTS])


def test_only_the_owner_finds_it_in_the_settings(olivia, sign_in):
    assert PAGE in olivia.get("/settings/").content.decode()
    martin = sign_in("Martin", at="aurora")
    assert PAGE not in martin.get("/settings/").content.decode()
    assert martin.get(PAGE).status_code == 404


def test_the_trail_says_who_let_what_in_and_names_a_program_that_asks(olivia, program, words, aurora):
    olivia.post(f"{PAGE}{program.id}/grant/", {"scopes": [HOUSE]})
    asker = audit.Asker(kind=audit.AskerKind.PARTNER, id=program.id, where="token", why="partner")
    with audit.asking(asker), practice_scope(aurora):
        audit.record("partner.signed_in")
    page = words(olivia.get("/trail/")).split("Entries, newest first")[1]
    assert "Olivia Owens Owner What Let a partner’s program in Harbor Records" in page
    assert "Harbor Records What A partner’s program got a token" in page
    only = words(olivia.get(f"/trail/?who={program.id}")).split("When Who What")[1]
    assert "Harbor Records What A partner’s program got a token" in only
    assert "Olivia Owens Owner" not in only
    file = b"".join(olivia.get("/trail/export/").streaming_content).decode()
    assert f"Harbor Records,{program.id},partner" in file
