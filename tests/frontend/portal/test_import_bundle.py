"""A FHIR bundle is brought in the portal as any file: only where it comes from is asked."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.run_import import run_import
from loyalty.models import Import, Patient

NOOR = {"resourceType": "Patient", "id": "p-1", "name": [{"given": ["Noor"], "family": "Haddad"}]}


def file(*resources, type="collection"):
    content = {"resourceType": "Bundle", "type": type, "entry": [{"resource": one} for one in resources]}
    return SimpleUploadedFile("patients.json", json.dumps(content).encode(), content_type="application/json")


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


def test_it_is_uploaded_named_checked_and_imported(olivia, aurora):
    page = olivia.post("/settings/imports/", {"file": file(NOOR, {"resourceType": "Observation"})}, follow=True)
    assert "A bundle says itself what is what" in page.content.decode()
    assert "Read it otherwise" not in page.content.decode()
    with practice_scope(aurora):
        of = Import.objects.get()
    at = f"/settings/imports/{of.id}/"
    assert "Name the system" in olivia.post(f"{at}columns/", {"known_as": ""}).content.decode()
    assert olivia.post(f"{at}columns/", {"known_as": "Harbor"}).status_code == 303
    with practice_scope(aurora):
        check_import(import_id=of.id, clock=timezone.now)
    page = olivia.get(at).content.decode()
    assert "Noor Haddad" in page
    assert "Observation is not imported" in page
    assert olivia.post(f"{at}start/").status_code == 303
    with practice_scope(aurora):
        run_import(import_id=of.id, clock=timezone.now)
        assert Patient.objects.filter(family_name="Haddad").exists()
    assert olivia.get(at).status_code == 200
    mend = b"".join(olivia.get(f"{at}to-mend/").streaming_content).decode()
    assert "2,Observation is not imported" in mend.replace('"', "")


def test_what_is_no_bundle_says_what_to_bring(olivia):
    page = olivia.post("/settings/imports/", {"file": file(NOOR, type="history")}).content.decode()
    assert "Send one of batch, collection, searchset, transaction" in page
    page = olivia.post("/settings/imports/", {"file": SimpleUploadedFile("a.json", b'{"a": 1}')}).content.decode()
    assert "no FHIR bundle" in page
