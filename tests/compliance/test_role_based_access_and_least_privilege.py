"""HIPAA: role-based access, least privilege. Who may do what, written down a second time, apart from the code.

O owner, M manager, P provider, F front desk; A network admin, N network analyst; K kiosk, X partner.
"""

import pytest

from tenants.permissions import ALLOWED, PRINCIPALS, Verb, may

LETTERS = dict(zip("OMPFANKX", PRINCIPALS, strict=True))
ROLES_AND_VERBS = {
    "today.view": "OMPF",
    "patients.view": "OMPF",
    "patients.add": "OMPF",
    "patients.change": "OMPF",
    "clinical.view": "OMP",
    "visits.manage": "OMPF",
    "notes.write": "OMPF",
    "feedback.view": "OMP",
    "feedback.record": "OMPF",
    "occasions.view": "OMPF",
    "benchmarks.view": "OM",
    "messages.view": "OMPF",
    "messages.send": "OMPF",
    "templates.manage": "OM",
    "consents.change": "OMPF",
    "suppressions.lift": "OM",
    "people.view": "OM",
    "people.manage": "OM",
    "ownership.transfer": "O",
    "access.review": "O",
    "trail.view": "O",
    "agreements.view": "OMPF",
    "agreements.accept": "O",
    "getting_started.view": "OM",
    "locations.manage": "OM",
    "practice.rename": "O",
    "practice.leave": "O",
    "practice.export": "O",
    "members.view": "AN",
    "network_trail.view": "A",
    "network_benchmarks.view": "AN",
    "releases.manage": "A",
    "network_people.manage": "A",
    "applications.answer": "A",
    "practices.open": "A",
    "members.manage": "A",
    "contacts.make": "OMPF",
    "inquiries.manage": "OMPF",
    "gifts.give": "OMPF",
    "patients.merge": "OM",
    "record_requests.note": "OMPF",
    "record_requests.answer": "OM",
    "record.export": "OM",
    "recoveries.work": "OMP",
    "kiosks.manage": "OM",
    "kiosk.open": "OMPF",
    "reviews.view": "OMPF",
    "reviews.manage": "OM",
    "testimonials.manage": "OM",
    "playbook.manage": "OM",
    "services.manage": "OM",
    "imports.run": "OM",
    "staff_time.view": "O",
    "holdouts.run": "O",
    "partners.manage": "O",
    "announcements.write": "A",
    "partners.register": "A",
    "billing.view": "OM",
    "billing.manage": "OM",
    "offers.view": "OM",
    "savings.view": "OM",
    "purchases.manage": "OM",
    "purchasing.view": "AN",
    "purchasing.manage": "A",
    "network_billing.view": "A",
    "kiosk.answer": "K",
}


def test_the_table_names_every_verb_and_no_other():
    assert {verb.value for verb in Verb} == ROLES_AND_VERBS.keys()


@pytest.mark.parametrize("verb", Verb, ids=str)
def test_each_role_may_what_is_written_here(verb):
    letters = {letter for letter, role in LETTERS.items() if may(role, verb)}
    assert letters == set(ROLES_AND_VERBS[verb.value])


@pytest.mark.parametrize("role", ["", "nobody", "Owner", "admin"])
def test_a_role_that_is_none_may_nothing(role):
    assert not any(may(role, verb) for verb in Verb)


def test_no_role_of_the_network_may_anything_in_a_practice_nor_the_other_way_round():
    in_practice, in_network = set("OMPF"), set("AN")
    assert [verb for verb, who in ROLES_AND_VERBS.items() if set(who) & in_practice and set(who) & in_network] == []


def test_what_is_not_in_the_table_is_refused(monkeypatch):
    monkeypatch.delitem(ALLOWED, Verb.PATIENTS_VIEW)
    assert not any(may(role, Verb.PATIENTS_VIEW) for role in PRINCIPALS)
