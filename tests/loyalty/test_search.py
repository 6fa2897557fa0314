"""Finding a patient by what somebody remembers."""

from datetime import date, timedelta

import pytest
from django.db import connection

from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Patient
from loyalty.patients import search as searching
from loyalty.patients.filter import PatientFilter
from loyalty.patients.search_query import cleaned

TODAY = date(2026, 11, 23)


def search(**asked):
    return searching.search(**{"today": TODAY, **asked})


def names(text, **asked):
    return [hit.name for hit in search(text=text, **asked).hits]


@pytest.fixture
def people(make_patient):
    """Five people, known by name."""
    made = [
        make_patient(
            "Marguerite Ellison", phones=["(503) 555-0148"], emails=["M.Ellison@example.com"], record_number="0042"
        ),
        make_patient("Tomás Rivera", phones=["+1 971 555 0199"], record_number="MRN-7"),
        make_patient("Kathleen Doyle", preferred_name="Kit", phones=["503-555-2222"]),
        make_patient("Grace Chen", emails=["grace_chen@example.com"]),
        make_patient("Gracie Chenoweth", record_number="42"),
    ]
    return {someone.given_name: someone for someone in made}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ellison", ["Marguerite Ellison"]),
        ("ELLISON marg", ["Marguerite Ellison"]),
        ("tomas", ["Tomás Rivera"]),
        ("Tomás", ["Tomás Rivera"]),
        ("kit doyle", ["Kit Doyle"]),
        ("kathleen", ["Kit Doyle"]),
        ("guerite", ["Marguerite Ellison"]),
        ("r", ["Tomás Rivera"]),
        ("to", ["Tomás Rivera"]),
    ],
)
def test_names_are_found_whole_in_part_in_any_order_and_without_accents(people, text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("elison", "Marguerite Ellison"),
        ("ellisson", "Marguerite Ellison"),
        ("margerite elison", "Marguerite Ellison"),
        ("riveira", "Tomás Rivera"),
        ("kathlen doyle", "Kit Doyle"),
        ("chenowet", "Gracie Chenoweth"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(people, text, found):
    assert names(text)[0] == found


def test_a_whole_word_comes_before_its_beginning_and_that_before_what_sounds_alike(people, make_patient):
    make_patient("Ann Schen")
    assert names("chen") == ["Grace Chen", "Gracie Chenoweth", "Ann Schen"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0148", ["Marguerite Ellison"]),
        ("(503) 555-0148", ["Marguerite Ellison"]),
        ("503.555.0148", ["Marguerite Ellison"]),
        ("+1 (503) 555-0148", ["Marguerite Ellison"]),
        ("971 555 0199", ["Tomás Rivera"]),
        ("555-", []),
    ],
)
def test_phones_are_found_by_their_digits_however_they_are_written(people, text, found):
    assert names(text) == found


def test_the_end_of_a_number_comes_before_its_middle(people, make_patient):
    make_patient("Ann Middle", phones=["503-014-8000"])
    assert names("0148") == ["Marguerite Ellison", "Ann Middle"]


@pytest.mark.parametrize("text", ["m.ellison@example.com", "ELLISON@EXAMPLE", "ellison@ex"])
def test_emails_are_found_in_part(people, text):
    assert names(text) == ["Marguerite Ellison"]


def test_the_exact_record_number_comes_first(people):
    assert names("42") == ["Gracie Chenoweth"]
    assert names("0042")[0] == "Marguerite Ellison"
    assert names("mrn-7") == ["Tomás Rivera"]


@pytest.mark.parametrize("text", ["%", "_", "%%%", "\\", "%e%n%", "c__n"])
def test_signs_that_mean_something_to_the_database_mean_themselves(people, text):
    assert names(text) == []


def test_an_underscore_in_an_address_is_found(people):
    assert names("grace_chen@example.com") == ["Grace Chen"]


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE loyalty_patient; --", "\0", "a\0b", "\ud800", "🙂", "x" * 5000, "a " * 500]
)
def test_anything_can_be_typed(people, text):
    search(text=text)
    assert Patient.objects.count() == 5


def test_without_a_word_everybody_stands_there_by_family_name(people, make_patient):
    make_patient("Ann de Souza")
    make_patient("Bo Ångström")
    assert names("") == [
        "Bo Ångström",
        "Grace Chen",
        "Gracie Chenoweth",
        "Ann de Souza",
        "Kit Doyle",
        "Marguerite Ellison",
        "Tomás Rivera",
    ]


@pytest.mark.parametrize("text", ["", "c", "en", "chen"])
@pytest.mark.parametrize("sort", ["name", "last_visit"])
def test_pages_follow_each_other_without_gap_or_repetition(people, completed, make_patient, now, text, sort):
    for days, whom in enumerate(("Grace", "Kathleen", "Gracie"), 30):
        completed(patient_id=people[whom].id, at=now - timedelta(days=days))
    make_patient("Cora Chen")
    asked = PatientFilter(sort=sort)
    whole = search(text=text, asked=asked, limit=50)
    pages, after = [], None
    while True:
        page = search(text=text, asked=asked, after=after, limit=1)
        pages += page.hits
        if not page.more:
            break
        after = page.hits[-1].id
    assert pages == whole.hits
    assert (whole.total, whole.at_least, whole.more) == (len(pages), False, False)


def test_by_last_visit_who_came_last_stands_first_and_who_never_came_at_the_end(people, completed, now):
    for days, whom in ((40, "Grace"), (10, "Kathleen"), (30, "Gracie")):
        completed(patient_id=people[whom].id, at=now - timedelta(days=days))
    assert names("", asked=PatientFilter(sort="last_visit"))[:3] == ["Kit Doyle", "Gracie Chenoweth", "Grace Chen"]
    assert names("che", asked=PatientFilter(sort="last_visit")) == ["Gracie Chenoweth", "Grace Chen"]


def test_a_page_goes_on_after_somebody_who_no_longer_passes_the_filter(people, make_patient):
    Patient.objects.filter(id__in=[people["Grace"].id, people["Tomás"].id]).update(tags=["vip"])
    assert names("", asked=PatientFilter(tag="vip"), after=people["Marguerite"].id) == ["Tomás Rivera"]


@pytest.mark.parametrize("text", ["", "e", "ellison", "elison", "0148", "m.ellison@example.com", "0042"])
def test_merged_records_are_left_out_everywhere(people, text):
    Patient.objects.filter(id=people["Marguerite"].id).update(merged_into=people["Grace"])
    assert "Marguerite Ellison" not in names(text)


def test_the_dead_are_shown_as_such(people):
    Patient.objects.filter(id=people["Marguerite"].id).update(deceased=True)
    (hit,) = search(text="ellison").hits
    assert hit.deceased


def test_a_hit_tells_who_it_is(people, completed, booked, now):
    grace = people["Grace"]
    Patient.objects.filter(id=grace.id).update(birth_year=1976, birth_month=11)
    completed(patient_id=grace.id, at=now - timedelta(days=40))
    booked(patient_id=grace.id, starts_at=now + timedelta(days=9))
    ContactPoint.objects.create(patient=grace, kind="phone", value="111-1111", search="1111111", rank=2)
    ContactPoint.objects.create(
        patient=grace, kind="phone", value="222-2222", search="2222222", rank=1, do_not_use=True
    )
    (hit,) = [hit for hit in search(text="grace chen").hits if hit.id == grace.id]
    assert (hit.name, hit.phone, hit.email, str(hit.birth)) == (
        "Grace Chen", "111-1111", "grace_chen@example.com", "November 1976",
    )  # fmt: skip
    ContactPoint.objects.filter(patient=grace, rank=2).update(label="home")
    Patient.objects.filter(id=grace.id).update(not_at_home=True)
    assert [hit.phone for hit in search(text="grace chen").hits if hit.id == grace.id] == [""]
    assert (hit.last_visit_day, hit.next_visit_day) == (date(2026, 10, 14), date(2026, 12, 2))


def test_it_takes_a_setting_a_query_and_an_entry_in_the_trail(people, django_assert_num_queries):
    # Two more are the savepoint that stands for a transaction inside the test's own.
    with django_assert_num_queries(5):
        search(text="ellison")


def test_what_is_set_for_one_search_is_gone_after_it(open_place):
    def setting():
        with connection.cursor() as cursor:
            cursor.execute("SHOW pg_trgm.word_similarity_threshold")
            return cursor.fetchone()

    with practice_scope(open_place()):
        search(text="ellison")
        before = setting()
        search(text="grace ellison")
        assert setting() == before == ("0.6",)


def test_what_is_typed_is_cleaned_and_cut():
    assert cleaned("  a\0b \n c ") == "a b c"
    assert len(cleaned("x" * 500)) == 100
