"""The network says something to everybody in its practices, and takes it back."""

from datetime import timedelta

import pytest
import time_machine

from core.errors import Conflict, DomainError
from core.models import NetworkEntry
from tenants import principal
from tenants.actions.announce import announce
from tenants.actions.put_announcements_away import put_announcements_away
from tenants.actions.withdraw_announcement import withdraw_announcement
from tenants.announcements import announced_to, forget
from tenants.models import Announcement

WORDS = {"title": "A new contract", "body": "It begins in May.", "days": 14}


@pytest.fixture
def nora(person):
    return principal.at_network(person=person("Nora"))


def titles(**asked):
    forget()
    return [one.title for one in announced_to(**{"read_at": None, **asked})]


def test_it_is_shown_until_its_last_day(nora, now):
    announce(**WORDS, by=nora, now=now)
    assert titles(now=now + timedelta(days=14, seconds=-1)) == ["A new contract"]
    assert titles(now=now + timedelta(days=14)) == []


def test_who_put_it_away_sees_only_what_came_after(nora, now):
    announce(**WORDS, by=nora, now=now)
    announce(**{**WORDS, "title": "Another one"}, by=nora, now=now + timedelta(hours=1))
    assert titles(read_at=now, now=now + timedelta(hours=2)) == ["Another one"]


def test_taken_back_nobody_sees_it_and_twice_is_told(nora, now):
    said = announce(**WORDS, by=nora, now=now)
    withdraw_announcement(announcement_id=said.id, now=now)
    assert titles(now=now) == []
    with pytest.raises(Conflict):
        withdraw_announcement(announcement_id=said.id, now=now)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("body", ""), ("title", "x" * 121), ("body", "x" * 2001), ("days", 0), ("days", 91)],
)
def test_what_says_nothing_or_too_much_is_refused(nora, now, field, value):
    with pytest.raises(DomainError) as refused:
        announce(**{**WORDS, field: value}, by=nora, now=now)
    assert refused.value.field == field
    assert not Announcement.objects.exists()


def test_both_stand_in_the_networks_trail(nora, now):
    said = announce(**WORDS, by=nora, now=now)
    withdraw_announcement(announcement_id=said.id, now=now)
    verbs = NetworkEntry.objects.filter(subject_id=said.id).values_list("verb", flat=True)
    assert sorted(verbs) == ["announcement.published", "announcement.withdrawn"]


def test_reading_never_goes_back_and_never_ahead_of_now(person, now):
    olivia = person("Olivia")
    put_announcements_away(person_id=olivia.id, until=now + timedelta(days=9), now=now)
    put_announcements_away(person_id=olivia.id, until=now - timedelta(days=9), now=now)
    olivia.refresh_from_db()
    assert olivia.announcements_read_at == now


@pytest.fixture
def _at_now(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.usefixtures("_at_now")
class TestOnThePages:
    def test_everybody_finds_it_on_today_and_puts_it_away_for_themselves(self, sign_in, nora, now):
        announce(**WORDS, by=nora, now=now - timedelta(hours=1))
        forget()
        frank, olivia = sign_in("Frank", at="aurora"), sign_in("Olivia", at="aurora")
        page = frank.get("/").content.decode()
        assert "It begins in May." in page
        until = (now - timedelta(hours=1)).isoformat()
        assert frank.post("/announcements/read/", {"until": until}).status_code == 303
        assert "It begins in May." not in frank.get("/").content.decode()
        assert "It begins in May." in olivia.get("/").content.decode()

    def test_a_moment_that_is_none_puts_nothing_away(self, sign_in, person):
        sign_in("Frank", at="aurora").post("/announcements/read/", {"until": "yesterday"})
        assert person("Frank").announcements_read_at is None

    def test_the_admin_says_it_in_the_console(self, sign_in):
        nora = sign_in("Nora", at="")
        assert nora.post("/announcements/", WORDS).status_code == 303
        assert "It begins in May." in nora.get("/announcements/").content.decode()

    def test_what_was_typed_stays_where_something_is_missing(self, sign_in):
        answer = sign_in("Nora", at="").post("/announcements/", {**WORDS, "title": ""})
        assert answer.status_code == 422
        assert "It begins in May." in answer.content.decode()
        assert "Give it a title." in answer.content.decode()

    def test_words_are_shown_as_words(self, sign_in, nora, now):
        announce(title="<b>Bold</b>", body="<script>1</script>", days=3, by=nora, now=now)
        forget()
        assert "<script>1" not in sign_in("Frank", at="aurora").get("/").content.decode()
