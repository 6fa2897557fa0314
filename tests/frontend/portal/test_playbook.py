"""The playbook's page: rules as sentences, switches, one rule with its dry run."""

from datetime import timedelta

import pytest

from loyalty.models import PlaybookRule, Service, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.rules import change_rule
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.rooms.playbook import RULE


@pytest.fixture
def martin(sign_in):
    return sign_in("Martin", at="aurora")


@pytest.fixture
def note(inside):
    with inside():
        return PlaybookRule.objects.get(kind="note")


@pytest.fixture
def recovery(inside):
    with inside():
        return PlaybookRule.objects.get(kind="recovery")


@pytest.fixture
def treated(inside, location, provider, now):
    """treated("Ann Other"): walked in in October and done."""

    def made(name, at=now - timedelta(days=40)):
        given, _, family = name.partition(" ")
        with inside():
            who = enrol(given_name=given, family_name=family, now=at)
            visit = walk_in(patient_id=who.id, location_id=location.id, staff_id=provider.id, now=at)
            complete(visit_id=visit.id, now=at)
        return who

    return made


def test_the_rules_read_as_sentences_in_five_steps(martin, words):
    said = words(martin.get("/playbook/")).replace(" ,", ",")
    assert "Step 1: Be proactive" in said
    assert "A visit is booked, 2 working days before it, Front desk calls" in said
    assert "A visit is completed, within 48 hours, Whoever treats writes a card" in said
    assert "Always on: somebody is waiting" in said


def test_a_rule_is_added(martin, inside, words):
    said = words(martin.post("/playbook/new/", {**RULE, "audience": "first"}, follow=True))
    assert "The rule is in the playbook" in said
    assert "On a first visit" in said
    with inside():
        kept = PlaybookRule.objects.get(name="Call after a visit")
        assert (kept.delay, kept.delay_unit, kept.audience, kept.is_on) == (3, "working_days", "first", True)


def test_what_does_not_fit_comes_back_as_it_was_chosen(martin, inside, words):
    answer = martin.post("/playbook/new/", {**RULE, "name": "Ours <b>", "side": "before"})
    assert answer.status_code == 422
    assert "counted from the moment on: choose “after”." in words(answer)
    assert "Ours &lt;b&gt;" in answer.content.decode()
    with inside():
        assert not PlaybookRule.objects.filter(name="Ours <b>").exists()


def test_a_rule_for_those_who_drift_is_added(martin, inside):
    fits = {"trigger": "drifting", "kind": "check_in", "channel": "call", "role": "front_desk"}
    assert 'value="drifting"' in martin.get("/playbook/new/").content.decode()
    assert martin.post("/playbook/new/", {**RULE, **fits}).status_code == 303
    with inside():
        assert PlaybookRule.objects.filter(trigger="drifting", is_on=True, name=RULE["name"]).exists()


def test_a_rule_is_switched_off_and_undone(martin, note, inside, words):
    page = martin.post(f"/playbook/{note.id}/off/", follow=True)
    assert "The rule is off. What it planned already stays." in words(page)
    assert f'action="/playbook/{note.id}/on/"' in page.content.decode()
    martin.post(f"/playbook/{note.id}/on/")
    with inside():
        assert PlaybookRule.objects.get(id=note.id).is_on


def test_the_recovery_has_no_switch_and_cannot_be_switched_off_all_the_same(martin, recovery, inside, words):
    assert f"/playbook/{recovery.id}/off/" not in martin.get("/playbook/").content.decode()
    answer = martin.post(f"/playbook/{recovery.id}/off/")
    assert answer.status_code == 409
    assert "somebody is waiting for this call" in words(answer)
    page = martin.get(f"/playbook/{recovery.id}/").content.decode()
    assert 'name="trigger"' not in page
    assert 'name="audience"' not in page
    form = {**RULE, "name": recovery.name, "number": "2", "role": "manager", "version": "1", "audience": "first"}
    assert martin.post(f"/playbook/{recovery.id}/", form).status_code == 303
    with inside():
        kept = PlaybookRule.objects.get(id=recovery.id)
        assert (kept.delay, kept.audience, kept.kind, kept.is_on) == (2, "everyone", "recovery", True)


def test_a_rule_that_a_vendor_pays_for_says_why_it_is_blocked(martin, note, inside, words):
    with inside():
        PlaybookRule.objects.filter(id=note.id).update(funded_by_vendor=True, is_on=False)
    assert "Blocked: a vendor pays for it, and no patient has authorized it" in words(martin.get("/playbook/"))
    answer = martin.post(f"/playbook/{note.id}/on/")
    assert answer.status_code == 409
    assert "A vendor pays for this contact" in words(answer)


def test_trying_shows_whom_it_would_have_reached_and_keeps_nothing(martin, treated, note, inside, words):
    treated("Ann <b>Other")
    treated("Bo November", at=note.created_at)
    with inside():
        before = set(Touchpoint.objects.values_list("id", "updated_at"))
    answer = martin.post("/playbook/new/", {**RULE, "try": "1"})
    said = words(answer)
    assert "In October 2026 this would have made 1 contact" in said
    assert "Ann &lt;b&gt;Other" in answer.content.decode()
    assert "Bo November" not in said
    assert "Nothing was sent, and nothing is kept." in said
    # What was chosen is still in the form.
    assert 'value="Call after a visit"' in answer.content.decode()
    with inside():
        assert set(Touchpoint.objects.values_list("id", "updated_at")) == before
        assert not PlaybookRule.objects.filter(name="Call after a visit").exists()


def test_a_kept_rule_is_tried_as_it_is_chosen_now(martin, treated, note, inside, words):
    treated("Ann Other")
    form = {**RULE, "name": note.name, "kind": "note", "channel": "card", "version": "1", "audience": "returning"}
    assert "0 contacts" in words(martin.post(f"/playbook/{note.id}/", {**form, "try": "1"}))
    with inside():
        assert PlaybookRule.objects.get(id=note.id).audience == "everyone"


def test_who_comes_second_sees_theirs_and_can_keep_ours(martin, inside, words):
    martin.post("/playbook/new/", RULE)
    with inside():
        mine = PlaybookRule.objects.get(name="Call after a visit")
        given = {name: getattr(mine, name) for name in (
            "name", "trigger", "kind", "channel", "role", "delay_unit", "audience", "service_id", "away_days",
            "score_from", "score_to", "occasion",
        )}  # fmt: skip
        change_rule(rule_id=mine.id, version=1, **given, delay=9)
    answer = martin.post(f"/playbook/{mine.id}/", {**RULE, "number": "5", "version": "1"})
    assert answer.status_code == 422
    said = words(answer)
    assert "Somebody changed this rule meanwhile" in said
    assert "within 9 working days" in said
    assert 'value="5"' in answer.content.decode()
    assert martin.post(f"/playbook/{mine.id}/", {**RULE, "number": "5", "version": "2"}).status_code == 303


def test_a_rule_is_about_a_service(martin, inside, words):
    with inside():
        peel = Service.objects.create(name="Peel <i>")
    said = martin.post("/playbook/new/", {**RULE, "service_id": peel.id}, follow=True).content.decode()
    assert "Only for Peel &lt;i&gt;" in said


def test_a_rule_is_taken_out_and_the_default_comes_back(martin, note, inside, words):
    assert "The rule is out." in words(martin.post(f"/playbook/{note.id}/removal/", follow=True))
    assert "The five steps are back." in words(martin.post("/playbook/default/", follow=True))
    with inside():
        assert PlaybookRule.objects.filter(kind="note", is_on=True).count() == 1
