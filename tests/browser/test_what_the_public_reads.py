"""What the public reads: a reply is refused and mended, and a patient's words go up on the public page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Review, Service, Testimonial
from loyalty.patients.enrol import enrol
from loyalty.reviews.safe_replies import safe_replies
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        Service.objects.create(name="Moonlight mask")
        enrol(given_name="Marguerite", family_name="Ellison", now=now - timedelta(days=30))
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_a_reply_is_refused_mended_and_marked_as_posted(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Reviews").first.click()
    page.get_by_role("link", name="Enter a review").first.click()
    page.get_by_label("Where it stands").select_option(label="Google")
    page.get_by_label("Author").fill("Jenna R.")
    page.get_by_label("Stars").select_option(label="2 stars")
    page.get_by_label("Written on").fill((timezone.now() - timedelta(days=3)).strftime("%Y-%m-%d"))
    page.get_by_label("What it says").fill("I waited for half an hour.")
    page.get_by_role("button", name="Keep the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jenna R.")

    reply = page.get_by_label("Your reply")
    reply.fill("Sorry about your last visit. The Moonlight mask is worth the wait!")
    page.get_by_role("button", name="Keep the draft").click()
    refused = page.get_by_role("list", name="Words to take out")
    expect(refused).to_contain_text("your last visit")
    expect(refused).to_contain_text("Moonlight mask")
    expect(reply).to_have_value("Sorry about your last visit. The Moonlight mask is worth the wait!")

    page.get_by_role("link", name="Begin with these").first.click()
    expect(reply).to_have_value(safe_replies()[0])
    page.get_by_role("button", name="Keep the draft").click()
    page.get_by_role("button", name="I have posted it").click()
    expect(page.get_by_role("region", name="The reply")).to_contain_text("Answered")
    assert aside(lambda: kept_reply(place)) is True
    assert [one for one in problems if "422" not in one] == []


def test_words_are_signed_published_and_read_by_anybody(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    address = page.url.split("/account")[0].rstrip("/")
    page.goto(f"{address}/reviews/testimonials/")
    page.get_by_role("searchbox", name="Who agreed?").fill("Ellison")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("link", name="Write it down").click()
    page.get_by_label("Their words").fill("They remember my dog’s name.")
    page.get_by_label("Initials").check()
    page.get_by_label("Family or friend").check()
    page.get_by_label("How we know that they agree").fill("signed the form")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("Without their signature nothing can be published.")
    expect(page.get_by_label("Their words")).to_have_value("They remember my dog’s name.")
    page.get_by_label("They signed the sentence").check()
    page.get_by_role("button", name="Keep it").click()

    page.get_by_role("button", name="Publish all 1").click()
    expect(page.get_by_role("region", name="Published")).to_contain_text("They remember my dog’s name.")
    assert aside(lambda: published(place)) == 1

    page.context.clear_cookies()
    page.goto(f"{address}/testimonials/")
    expect(page.get_by_role("listitem")).to_contain_text("M. E.")
    expect(page.get_by_role("listitem")).to_contain_text("Family or friend of somebody who works here")
    assert "Marguerite" not in page.content()
    review = page.locator("[itemtype='https://schema.org/Review']")
    expect(review.locator("[itemprop=reviewBody]")).to_have_text("They remember my dog’s name.")
    expect(page.locator("[itemtype='https://schema.org/MedicalBusiness'] [itemprop=review]")).to_have_count(1)
    assert [one for one in problems if "422" not in one] == []


def kept_reply(place):
    with practice_scope(place):
        review = Review.objects.get()
        return review.reply == safe_replies()[0] and review.replied_at is not None


def published(place):
    with practice_scope(place):
        return Testimonial.objects.filter(published_at__isnull=False).count()
