import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.intake.fhir.rows import Address, OrganizationRow
from loyalty.intake.practice_of_organization import name_of, slugs_of
from tenants.slugs import slug_of

SHAPE = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


def organization(name: str, *, id: str = "o1", city: str = "") -> OrganizationRow:
    return OrganizationRow(id, name, (), "", "", Address(city=city))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NORTH SHORE MEDICAL CENTER -", "north-shore-medical-center"),
        ("SHRINERS' HOSPITAL FOR CHILDREN (THE)", "shriners-hospital-for-children-the"),
        ("LAHEY HOSPITAL & MEDICAL CENTER, BURLINGTON", "lahey-hospital-medical-center-burlington"),
        ("SAINTS WALK-IN MEDICAL CENTER - URGENT CARE AND OCCUPATIONAL HEALTH", "saints-walk-in-medical-center-urgent"),
        ("Clínica Ñandú", "clinica-nandu"),
        ("山田クリニック", ""),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_slug_is_readable(name, slug):
    assert slug_of(name) == slug


def test_the_addresses_to_try_are_the_name_then_the_city_then_a_digest():
    name, city, short, long = slugs_of(organization("Lakeside Skin", city="Boston"))
    assert (name, city) == ("lakeside-skin", "lakeside-skin-boston")
    assert re.fullmatch("lakeside-skin-[0-9a-f]{4}", short)
    assert re.fullmatch("lakeside-skin-[0-9a-f]{12}", long)


def test_a_reserved_address_is_not_taken():
    assert "api" not in list(slugs_of(organization("API")))


@given(st.text(min_size=1, max_size=120), st.text(max_size=100), st.text(min_size=1, max_size=64))
@settings(deadline=None)
def test_every_address_has_the_shape_that_a_host_needs(name, city, id):
    slugs = list(slugs_of(organization(name, id=id, city=city)))
    assert all(SHAPE.fullmatch(slug) for slug in slugs)
    assert len(slugs) >= 2


def test_the_dashes_at_the_end_of_a_name_go():
    assert name_of(organization("BOSTON MEDICAL CENTER CORPORATION-")) == "BOSTON MEDICAL CENTER CORPORATION"
    assert name_of(organization(" - ")) == " - "
