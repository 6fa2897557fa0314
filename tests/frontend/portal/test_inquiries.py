"""Who asks for a minor: the guardian is spoken with, on every page."""

from loyalty.models import Inquiry, Patient

ASKED = {"name": "Mia Calloway", "phone": "(503) 555-0171", "guardian_name": "Anna Calloway"}


def test_of_a_minor_every_page_names_the_guardian_and_the_child_gets_no_number(sign_in, words, inside):
    frank = sign_in("Frank", at="aurora")
    frank.post("/inquiries/new/", ASKED)
    with inside():
        asked = Inquiry.objects.get()
    assert "Under 18: ask for Anna Calloway" in words(frank.get("/inquiries/"))
    page = words(frank.get(f"/inquiries/{asked.id}/"))
    assert "Under 18: speak with Anna Calloway" in page
    assert "Never call or write to the child." in page
    new = {"who": "new", "given_name": "Mia", "family_name": "Calloway", "phone": ASKED["phone"]}
    refused = frank.post(f"/inquiries/{asked.id}/patient/", new)
    assert refused.status_code == 422
    assert "Add the year of birth" in words(refused)
    frank.post(f"/inquiries/{asked.id}/patient/", {**new, "birth_year": "2014"})
    with inside():
        child = Patient.objects.get(given_name="Mia")
        assert child.guardianships.get().name == "Anna Calloway"
        assert not child.contact_points.exists()


def test_of_somebody_of_age_nothing_is_said_about_a_guardian(sign_in, words, inside):
    frank = sign_in("Frank", at="aurora")
    frank.post("/inquiries/new/", {**ASKED, "guardian_name": ""})
    with inside():
        asked = Inquiry.objects.get()
    assert "Under 18" not in words(frank.get("/inquiries/")) + words(frank.get(f"/inquiries/{asked.id}/"))
    assert "Year of birth" not in words(frank.get(f"/inquiries/{asked.id}/patient/"))
