"""A tablet in a real browser: it is enrolled, asks, loses the network, keeps the answer sealed, and sends it once."""

import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import control_plane
from loyalty.kiosk.open_visit import open_by_code
from loyalty.kiosk.revoke import revoke
from loyalty.models import Feedback, FeedbackRequest, Kiosk, KioskOpening, Promise, Recovery, Visit
from tenants.actions.set_pin import set_pin
from tests.browser.kiosk.steps import NO_NETWORK, begin, choose, onward
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser
# The tablet asks every four seconds; a machine that is busy answers late.
LONG = 20_000

# Everything that the tablet keeps, with what is sealed read as plain bytes.
KEPT = """async () => {
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const base = await result(indexedDB.open("kiosk", 1));
  const all = (name, how) => result(base.transaction(name).objectStore(name)[how]());
  const text = (bytes) => [...new Uint8Array(bytes)].map((b) => String.fromCharCode(b)).join("");
  const rows = await all("kept", "getAll");
  const keys = await all("keys", "getAll");
  const caches_ = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).matchAll()) caches_.push(await one.text());
  return {
    names: await all("kept", "getAllKeys"),
    bytes: rows.map((row) => text(row.iv) + text(row.sealed)),
    extractable: keys.map((key) => key.extractable),
    pages: caches_.join("\\n") + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie,
  };
}"""


def unexpected(problems):
    return [one for one in problems if NO_NETWORK not in one]


def test_without_a_network_the_answer_is_kept_sealed_and_sent_once(tablet, open_visit, kept, problems):
    open_visit()
    begin(tablet)
    choose(tablet, "4")
    tablet.context.set_offline(True)
    onward(tablet, "What did you like?")
    expect(tablet.get_by_text("No connection right now.")).to_be_visible()
    tablet.get_by_role("checkbox", name="Gentle hands").check()
    tablet.get_by_label("Anything else you liked?").fill("Priya is a gem")
    onward(tablet, "What could we do better?")

    tablet.reload()
    expect(tablet.get_by_role("heading", level=1, name="What could we do better?")).to_be_visible()
    tablet.get_by_role("checkbox", name="Less waiting").check()
    onward(tablet, "Was it worth what you paid?")
    choose(tablet, "5 More than worth it")
    onward(tablet, "Do you also see another practice")
    choose(tablet, "No, only here")
    onward(tablet, "Did we keep our word?")
    expect(tablet.get_by_text("“No waiting, whatever happens”")).to_be_visible()
    choose(tablet, "Partly")
    onward(tablet, "Thank you, truly")
    tablet.get_by_role("button", name="Done").click()
    expect(tablet.get_by_text("1 answer is waiting to be sent.")).to_be_visible()

    at_rest = tablet.evaluate(KEPT)
    assert at_rest["extractable"] == [False]
    assert len(at_rest["bytes"]) == 1
    everything = json.dumps(at_rest)
    for word in ("Marguerite", "Ellison", "gem", "whatever happens"):
        assert word not in everything, word
    # The page that is kept beside them holds the questions, and nobody's answer.
    for word in ("score", "Gentle", "waiting", "partly", "elsewhere", "opening"):
        assert not any(word in row for row in at_rest["bytes"]), word
    assert kept(lambda: Feedback.objects.count()) == 0

    tablet.reload()
    expect(tablet.get_by_text("1 answer is waiting to be sent.")).to_be_visible()
    with tablet.expect_response("**/kiosk/answers/") as sent:
        tablet.context.set_offline(False)
    assert sent.value.ok
    expect(tablet.get_by_text("1 answer is waiting to be sent.")).to_be_hidden(timeout=LONG)

    def what_is_kept():
        answer = Feedback.objects.get()
        return (
            (answer.mode, answer.score, answer.liked, answer.better, answer.worth, answer.elsewhere),
            Promise.objects.get().kept,
            FeedbackRequest.objects.count(),
            Recovery.objects.count(),
            KioskOpening.objects.get().state,
        )

    said = ("kiosk", 4, "Gentle hands.\nPriya is a gem", "Less waiting.", 5, "no")
    assert kept(what_is_kept) == (said, "partly", 1, 1, "answered")
    assert tablet.evaluate(KEPT)["names"] == []
    assert unexpected(problems) == []


def test_revoked_while_it_had_no_network_it_keeps_and_sends_nothing(tablet, open_visit, kept, problems):
    open_visit()
    begin(tablet)
    choose(tablet, "9")
    tablet.context.set_offline(True)
    onward(tablet, "What did you like?")
    for heading in ("What could we do", "Was it worth", "Do you also see", "Did we keep"):
        tablet.get_by_role("button", name="Skip").click()
        expect(tablet.get_by_role("heading", level=1, name=re.compile(heading))).to_be_visible()
    tablet.get_by_role("button", name="Skip").click()
    expect(tablet.get_by_role("heading", name="Thank you, truly")).to_be_visible()
    kept(lambda: revoke(kiosk_id=Kiosk.objects.get().id, now=timezone.now()))
    tablet.context.set_offline(False)
    expect(tablet.get_by_role("heading", name="This tablet is off duty")).to_be_visible(timeout=LONG)
    assert tablet.evaluate(KEPT)["names"] == []
    assert tablet.evaluate(KEPT)["extractable"] == []
    assert kept(lambda: Feedback.objects.count()) == 0
    assert [one for one in unexpected(problems) if "410" not in one] == []


def test_by_keyboard_and_six_digits_with_a_wrong_one_first(tablet, place, kept, problems):
    given = kept(lambda: open_by_code(visit_id=Visit.objects.get().id, by_staff_id=None, now=timezone.now())[1])
    tablet.get_by_role("button", name="I have a code").press("Enter")
    field = tablet.get_by_label("Six-digit code")
    expect(field).to_be_focused()
    tablet.keyboard.type("000000" if given != "000000" else "111111")
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("alert").filter(has_text="does not work")).to_be_visible()
    expect(field).to_be_focused()
    for digit in given:
        tablet.get_by_role("button", name=digit, exact=True).click()
    tablet.get_by_role("button", name="Continue").click()
    begin(tablet)
    with tablet.expect_response("**/kiosk/ending/") as sent:
        tablet.get_by_role("button", name="Skip all").click()
    assert sent.value.ok
    expect(tablet.get_by_role("heading", name="That is fine")).to_be_visible()
    tablet.get_by_role("button", name="Done").click()
    expect(tablet.get_by_role("heading", name="Tell us how it was")).to_be_visible()
    assert kept(lambda: (KioskOpening.objects.get().state, FeedbackRequest.objects.get().skipped_at is None)) == (
        "skipped",
        False,
    )
    assert [one for one in problems if "422" not in one] == []


def test_who_walks_away_leaves_a_clear_screen(tablet, open_visit, kept):
    tablet.clock.install()
    tablet.reload()
    open_visit()
    expect(tablet.get_by_role("heading", name="Hello, Marguerite")).to_be_visible()
    tablet.reload()
    # Resumed, and without the name: it was not kept.
    expect(tablet.get_by_role("heading", name="Hello", exact=True)).to_be_visible()
    tablet.clock.fast_forward(75_000)
    expect(tablet.get_by_role("alert").filter(has_text="Still there?")).to_be_visible()
    with tablet.expect_response("**/kiosk/ending/"):
        tablet.clock.fast_forward(20_000)
    expect(tablet.get_by_role("heading", name="Tell us how it was")).to_be_visible()
    expect(tablet.locator("body")).not_to_contain_text("Marguerite")
    assert kept(lambda: KioskOpening.objects.get().state) == "abandoned"


def test_staff_leaves_by_a_pin_and_by_nothing_else(tablet, place, aside, problems):
    owner = aside(lambda: _owner_with_pin(place))
    try:
        tablet.get_by_role("button", name="Staff").click()
        tablet.get_by_label("Staff PIN").fill("1111")
        tablet.get_by_role("button", name="Leave").click()
        expect(tablet.get_by_role("alert").filter(has_text="nobody’s here")).to_be_visible()
        tablet.get_by_label("Staff PIN").fill("7391")
        tablet.get_by_role("button", name="Leave").click()
        expect(tablet.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    finally:
        aside(owner.delete)
    assert [one for one in problems if "422" not in one] == []


def _owner_with_pin(place):
    person = owner_of(place, password=PASSWORD)
    with control_plane():
        set_pin(person=person, pin="7391", practice=place, now=timezone.now())
    return person
