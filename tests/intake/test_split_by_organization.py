"""One practice for each organization: opened, filled, found again. These tests commit."""

import pytest

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Patient, Staff, Visit
from tenants.models import Practice
from tests.intake.exports import encounter, organization, patient, practitioner

NAMES = [
    organization("o1", name="LAKESIDE SKIN -", address=[{"city": "Salem", "state": "MA", "line": ["1 Elm St"]}]),
    organization("o2", name="Lakeside Skin", address=[{"city": "Boston", "state": "MA"}]),
]
TWO_PRACTICES = [
    *NAMES,
    practitioner(),
    patient("p1"),
    patient("p2"),
    encounter("e1", at="o1", participant=[{"individual": {"reference": "Practitioner/dr1"}}]),
    encounter("e2", at="o2"),
    encounter("e3", at="o2", of="p2"),
]


def counts(slug: str) -> tuple[int, int]:
    with practice_scope(Practice.objects.get(slug=slug).ref):
        return Patient.objects.count(), Visit.objects.count()


def test_each_organization_becomes_a_practice_with_its_own_patients(import_split):
    summary = import_split(*TWO_PRACTICES)
    assert (summary.practices, summary.practices_opened) == (2, 2)
    assert (counts("lakeside-skin"), counts("lakeside-skin-boston")) == ((1, 1), (2, 2))


def test_the_practice_takes_name_region_size_and_address_from_the_organization(import_split):
    import_split(*TWO_PRACTICES)
    practice = Practice.objects.get(slug="lakeside-skin")
    assert (practice.name, practice.region, practice.size_band) == ("LAKESIDE SKIN", "MA", "small")
    assert Practice.objects.get(slug="lakeside-skin-boston").size_band == ""
    with practice_scope(practice.ref):
        location = Location.objects.get()
        assert (location.address, location.city, location.external_id) == ("1 Elm St", "Salem", "fhir:Organization/o1")
        assert location.time_zone == "America/New_York"
        assert [one.display_name for one in Staff.objects.all()] == ["Dr. Sato"]


def test_the_attested_agreement_is_put_on_record(import_split, now):
    import_split(*TWO_PRACTICES)
    practice = Practice.objects.get(slug="lakeside-skin")
    assert (practice.aggregation_agreed_by, practice.aggregation_agreed_at) == ("Olivia Owens, 2026-11-01", now)


def test_a_second_run_finds_the_practices_and_changes_nothing(import_split):
    import_split(*TWO_PRACTICES)
    summary = import_split(*TWO_PRACTICES)
    assert (summary.practices, summary.practices_opened) == (2, 0)
    assert (summary.loaded.patients.unchanged, summary.loaded.visits.unchanged) == (3, 3)
    assert (summary.loaded.patients.total, summary.loaded.visits.total) == (3, 3)


def test_an_export_of_the_second_organization_alone_goes_to_the_second(import_split):
    import_split(*TWO_PRACTICES)
    import_split(NAMES[1], patient("p9"), encounter("e9", of="p9", at="o2"))
    assert (counts("lakeside-skin"), counts("lakeside-skin-boston")) == ((1, 1), (3, 3))


def test_a_practice_opened_by_hand_is_somebody_else(import_split, open_place):
    own = open_place()
    import_split(organization("o1", name=own.slug, address=[]), patient(), encounter())
    assert counts(own.slug) == (0, 0)
    assert Practice.objects.filter(slug__startswith=f"{own.slug}-").count() == 1


class PowerCut(BaseException):
    """The process ends here."""


class CutAt:
    """Ends the process when `rows` rows were written."""

    def __init__(self, rows: int) -> None:
        self.left = rows
        self.writing = False

    def reading(self, size: int) -> None:
        self.writing = False

    def loading(self, rows: int) -> None:
        self.writing = True

    def advance(self, step: int) -> None:
        self.left -= step if self.writing else 0
        if self.left <= 0:
            raise PowerCut


@pytest.mark.parametrize(("rows", "finished"), [(1, []), (3, ["lakeside-skin"]), (6, ["lakeside-skin"])])
def test_a_cut_leaves_whole_practices_only_and_the_next_run_goes_on(import_split, rows, finished):
    """Rows come as 1 patient, 1 visit, then 2 patients, 2 visits."""
    with pytest.raises(PowerCut):
        import_split(*TWO_PRACTICES, progress=CutAt(rows))
    assert list(Practice.objects.filter(slug__startswith="lakeside").values_list("slug", flat=True)) == finished
    summary = import_split(*TWO_PRACTICES)
    assert (counts("lakeside-skin"), counts("lakeside-skin-boston")) == ((1, 1), (2, 2))
    assert summary.loaded.visits.unchanged == len(finished)
