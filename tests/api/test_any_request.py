"""Whatever is sent, the API answers as its document says and never fails: schemathesis against the running server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import Patient, Staff
from loyalty.patients.enrol import enrol
from tenants.hosts import host_of
from tests.api import resources
from tests.browser.conftest import free_port, serving

ROOT = Path(__file__).resolve().parents[2]
BRIEF, LONG = 3, 15
# Of many at once each row has its own answer: one that fits no schema is refused in its row, not with the request.
BULK = ("--exclude-path", "/patients/bulk/", "--exclude-path", "/purchases/bulk/")


def settings(ids: dict[str, str]) -> str:
    """Real records in addresses, so that more than "not found" is tried; and what fits a schema and is refused.

    304, 412: of an ETag that was made up. 422: a rule of the domain, such as a day that is over.
    """
    refused = '[checks.positive_data_acceptance]\nexpected-statuses = ["2xx", "304", "404", "409", "412", "422"]\n'
    return refused + "\n".join(
        f'[[operations]]\ninclude-path-regex = "^{path}[{{]"\nparameters = {{ "path.{name}" = "{id}" }}\n'
        for path, name, id in (
            ("/locations/", "row_id", ids["location"]),
            ("/services/", "row_id", ids["service"]),
            ("/staff/", "row_id", ids["staff-member"]),
            ("/patients/", "row_id", ids["patient"]),
            ("/visits/", "row_id", ids["visit"]),
            ("/memories/", "row_id", ids["memory"]),
            ("/occasions/", "row_id", ids["occasion"]),
            ("/consents/", "row_id", ids["consent"]),
            ("/inquiries/", "row_id", ids["inquiry"]),
            ("/touchpoints/", "row_id", ids["touchpoint"]),
            ("/feedback/", "row_id", ids["feedback"]),
            ("/reviews/", "row_id", ids["review"]),
            ("/imports/", "import_id", ids["import"]),
            ("/webhook-endpoints/", "endpoint_id", ids["endpoint"]),
            ("/webhook-deliveries/", "delivery_id", ids["delivery"]),
        )
    )


def check(place, api, folder: Path, *, examples: int, more: tuple[str, ...] = ()) -> None:
    now = timezone.now()
    with practice_scope(place):
        Staff.objects.create(display_name="Dr. Sato", role="provider")
        patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
        (folder / "schemathesis.toml").write_text(settings(resources.records(patient, now=now)))
    with serving(free_port(), DEMO="0", API_REQUESTS_A_MINUTE="1000000") as port:
        base = f"http://127.0.0.1:{port}/api/v1"
        command = [
            sys.executable, "-m", "schemathesis.cli", "run", f"{base}/openapi.json", "--url", base,
            "-H", f"Host: {host_of(place.slug)}:{port}", "-H", f"Authorization: {api.defaults['HTTP_AUTHORIZATION']}",
            "--checks", "all", "--phases", "examples,fuzzing", "--max-examples", str(examples), "--seed", "6",
            "--generation-database", "none", "--no-color", "--continue-on-failure", *more,
        ]  # fmt: skip
        told = {**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.api.sent_anew"}
        done = subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, timeout=540, check=False)
    told_of = done.stdout.partition("FAILURES")
    assert done.returncode == 0, (told_of[2] or told_of[0])[:6000]
    with practice_scope(place):
        # The token was taken, and what was sent was kept.
        assert Entry.objects.filter(verb="patients.sent").exists()
        assert Patient.objects.count() > 1


def test_every_operation_answers_as_its_document_says(open_place, let_in_at, tmp_path):
    place = open_place()
    check(place, let_in_at(place), tmp_path, examples=BRIEF)


@pytest.mark.slow
def test_every_operation_answers_as_its_document_says_however_long_one_tries(open_place, let_in_at, tmp_path):
    place = open_place()
    check(place, let_in_at(place), tmp_path, examples=LONG, more=BULK)
