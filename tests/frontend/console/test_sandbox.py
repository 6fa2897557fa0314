"""The network's console makes a sandbox for a partner, resets it and removes it, and no member is one."""

import pytest

from tenants.models import Practice
from tenants.partners.sandboxes import sandbox_of
from tests.tenants.partners import registered


@pytest.fixture
def nora(two_ready, sign_in):
    return sign_in("Nora", at="")


@pytest.fixture
def program(two_ready, db):
    return registered()[0]


@pytest.fixture
def made(nora, program):
    assert nora.post(f"/partners/{program.id}/sandbox/").status_code == 303
    return sandbox_of(program.id)


def test_it_is_made_from_the_programs_page(nora, program, words):
    assert "Make a sandbox" in words(nora.get(f"/partners/{program.id}/"))
    answer = nora.post(f"/partners/{program.id}/sandbox/", follow=True)
    page = words(answer)
    assert "The sandbox is there, with made-up patients." in page
    assert sandbox_of(program.id).address in page
    assert "Make a sandbox" not in page
    assert "None has let it in so far" in page, "a sandbox is no practice that let it in"


def test_what_a_reset_means_is_said_before(nora, program, made, words):
    page = words(nora.get(f"/partners/{program.id}/sandbox/reset/"))
    assert "Everything that the program wrote there goes" in page
    assert made.address in page
    answer = nora.post(f"/partners/{program.id}/sandbox/reset/", follow=True)
    assert "The sandbox is new, at the same address." in words(answer)
    fresh = sandbox_of(program.id)
    assert (fresh.address, fresh.practice_id == made.practice_id) == (made.address, False)


def test_removed_there_is_none(nora, program, made, words):
    assert "You can make a new one" in words(nora.get(f"/partners/{program.id}/sandbox/removal/"))
    answer = nora.post(f"/partners/{program.id}/sandbox/removal/", follow=True)
    assert "The sandbox is gone." in words(answer)
    assert sandbox_of(program.id) is None


def test_what_somebody_did_meanwhile_is_said(nora, program, made, words):
    answer = nora.post(f"/partners/{program.id}/sandbox/")
    assert answer.status_code == 409
    assert "It has a sandbox already. Reset that one." in words(answer)
    nora.post(f"/partners/{program.id}/sandbox/removal/")
    for step in ("reset", "removal"):
        page = nora.get(f"/partners/{program.id}/sandbox/{step}/")
        assert f"{program.name} has no sandbox." in words(page)
        answer = nora.post(f"/partners/{program.id}/sandbox/{step}/")
        assert answer.status_code == 409
        assert "There is no sandbox any more" in words(answer)


def test_a_suspended_program_is_offered_none(nora, program, words):
    nora.post(f"/partners/{program.id}/suspension/")
    page = words(nora.get(f"/partners/{program.id}/"))
    assert "Let the program go on first." in page
    assert nora.post(f"/partners/{program.id}/sandbox/").status_code == 409
    assert not Practice.objects.filter(sandbox_of=program).exists()


@pytest.mark.parametrize("page", ["/", "/members/", "/billing/", "/releases/", "/benchmarks/", "/people/", "/vendors/"])
def test_a_sandbox_is_nowhere_among_the_members(nora, program, made, words, page):
    answer = nora.get(page, follow=True)
    assert answer.status_code == 200
    assert Practice.objects.get(id=made.practice_id).name not in words(answer)


def test_no_member_is_a_sandbox(nora, program, made, words):
    assert nora.get(f"/members/{made.practice_id}/").status_code == 404
