"""The members of the network, without a patient or a figure."""

from datetime import date

import pytest
from django.utils import timezone

from loyalty.benchmarks.models import DataQuality, LastContribution
from tenants.models import Practice


@pytest.fixture
def ana(sign_in):
    return sign_in("Ana", at="")


@pytest.fixture
def glacier(db):
    return Practice.objects.create(
        name="Glacier Laser",
        slug="glacier",
        schema_name="p_0123456789ab",
        status="suspended",
        region="Mountain",
        joined_on=date(2025, 3, 30),
        business_associate_agreed_at=timezone.now(),
        aggregation_agreed_at=timezone.now(),
    )


def test_each_has_its_status_size_and_agreement(ana, glacier, words):
    page = words(ana.get("/members/"))
    assert "3 practices" in page
    assert "Glacier Laser Mountain" in page
    assert "Status Paused Size Not told Joined Mar 30, 2025 Agreement Signed" in page
    assert "Aurora Aesthetics West Status Active Size 1 to 3 providers" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=auro", {"Aurora Aesthetics"}),
        ("?q=mountain", {"Glacier Laser"}),
        ("?kind=suspended", {"Glacier Laser"}),
        ("?kind=agreement", {"Aurora Aesthetics", "Borealis Skin"}),
        ("?kind=active&q=skin", {"Borealis Skin"}),
        ("?kind=nonsense", {"Aurora Aesthetics", "Borealis Skin", "Glacier Laser"}),
        ("?q=100%25", set()),
    ],
)
def test_they_are_found_by_name_region_and_kind(ana, glacier, query, found):
    assert {m.name for m in ana.get(f"/members/{query}").context["members"]} == found


def test_nobody_found_says_what_to_do(ana, words):
    page = words(ana.get("/members/?q=zzz"))
    assert "No practice has “zzz” in its name or region." in page
    assert "Show all members" in page


def test_a_page_beyond_the_last_is_empty_and_harmless(ana):
    assert ana.get("/members/?from=9999").status_code == 200
    assert ana.get("/members/?from=-1&kind=<b>").status_code == 200


def test_each_says_up_to_which_month_it_contributes_and_no_figure(ana, glacier, words):
    LastContribution.objects.create(practice=glacier, month=date(2026, 7, 1), at=timezone.now())
    page = words(ana.get("/members/"))
    assert "Last contribution July 2026" in page
    assert page.count("Last contribution None yet") == 2


def test_each_says_how_far_its_records_can_be_trusted_and_which_checks_failed(ana, glacier, words):
    DataQuality.objects.create(
        practice=glacier, month=date(2026, 10, 1), share=67, failed=["staff", "volume"], computed_at=timezone.now()
    )
    page = words(ana.get("/members/"))
    assert "Data quality 67% Failed: visits say who treated, and where Failed: no break in the number of visits" in page
    assert page.count("Data quality Not known yet") == 2
