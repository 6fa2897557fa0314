import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotFound
from core.ids import uuid7
from loyalty.models import ReviewSite
from loyalty.reviews.sites import add_site, set_site

PAGE = "https://reviews.example.com/aurora"
USUAL = {"name": "Town Notes", "url": "https://town.example.com", "policy": "Asking is fine.", "forbids_asking": False}


def test_a_practice_starts_with_sites_that_ask_nobody(in_aurora):
    sites = {site.name: (site.forbids_asking, site.asking_allowed) for site in ReviewSite.objects.all()}
    assert sites == {
        "Google": (False, False),
        "Facebook": (False, False),
        "RealSelf": (False, False),
        "Healthgrades": (False, False),
        "Yelp": (True, False),
    }
    assert all(site.policy for site in ReviewSite.objects.all())


def test_staff_may_add_a_site_and_switch_it_on(in_aurora):
    site = add_site(**USUAL)
    assert set_site(site_id=site.id, own_url=PAGE, asking_allowed=True).asking_allowed


@pytest.mark.parametrize("name", ["Yelp", "YELP.com", "Yelp for Business", "My yelp page"])
def test_yelp_is_never_asked_for_whatever_it_is_called(in_aurora, name):
    site = ReviewSite.objects.filter(name=name).first() or add_site(**{**USUAL, "name": name})
    with pytest.raises(DomainError) as caught:
        set_site(site_id=site.id, own_url=PAGE, asking_allowed=True)
    assert caught.value.code == "review_site_forbids_asking"


def test_its_address_gives_it_away(in_aurora):
    site = add_site(**USUAL)
    with pytest.raises(DomainError):
        set_site(site_id=site.id, own_url="https://www.Yelp.com/biz/aurora", asking_allowed=True)


@pytest.mark.parametrize(
    "change",
    [
        {"asking_allowed": True},
        {"asking_allowed": True, "own_url": PAGE},
        {"forbids_asking": False},
        {"forbids_asking": False, "asking_allowed": True, "own_url": PAGE},
    ],
)
def test_the_database_itself_refuses(in_aurora, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewSite.objects.filter(name="Yelp").update(**change)


def test_a_site_that_staff_say_forbids_it_stays_off(in_aurora):
    site = add_site(**{**USUAL, "forbids_asking": True})
    with pytest.raises(DomainError) as caught:
        set_site(site_id=site.id, own_url=PAGE, asking_allowed=True)
    assert "forbids asking" in caught.value.message


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "google"}, "name"),
        ({"policy": ""}, "policy"),
        ({"url": "http://town.example.com"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://user@town.example.com"}, "url"),
        ({"url": "https://[broken"}, "url"),
    ],
)
def test_what_cannot_be_a_site_is_refused_with_its_field(in_aurora, given, field):
    with pytest.raises(DomainError) as caught:
        add_site(**{**USUAL, **given})
    assert caught.value.field == field
    assert not ReviewSite.objects.filter(name="Town Notes").exists()


def test_a_site_without_a_page_cannot_be_asked_for(in_aurora):
    site = add_site(**USUAL)
    with pytest.raises(DomainError) as caught:
        set_site(site_id=site.id, own_url="", asking_allowed=True)
    assert caught.value.field == "own_url"
    with pytest.raises(NotFound):
        set_site(site_id=uuid7(), own_url="", asking_allowed=False)
