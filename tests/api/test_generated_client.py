"""A client that a public generator makes of our OpenAPI document works as it comes: nobody edits a line."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from core.tenancy.scope import practice_scope
from loyalty.models import Patient
from tenants.hosts import host_of
from tests.browser.conftest import free_port, serving

# What an engineer writes with it.
PROGRAM = """
import json, sys
from perennial_client import AuthenticatedClient
from perennial_client.api.patients import get_patient, get_patients, patch_patient, post_patients
from perennial_client.api.visits import get_visits
from perennial_client.models import PatchPatientBody, PostPatientsBody, Problem

base, host, token = sys.argv[1:]
# Python does not know where names below localhost lead.
client = AuthenticatedClient(base_url=base, token=token, headers={"Host": host}, raise_on_unexpected_status=True)
before = get_patients.sync(client=client)
made = post_patients.sync(
    client=client, idempotency_key="one", body=PostPatientsBody(given_name="Noor", external_ids=["H-17"])
)
again = post_patients.sync(
    client=client, idempotency_key="one", body=PostPatientsBody(given_name="Noor", external_ids=["H-17"])
)
changed = patch_patient.sync(made.id, client=client, if_match="*", body=PatchPatientBody(city="Salem"))
listed = get_patients.sync(client=client, external_id="H-17")
refused = get_patients.sync(client=client, after="nonsense")
assert isinstance(refused, Problem)
print(json.dumps({
    "before": len(before.data),
    "made": [made.given_name, made.external_ids, str(made.id) == str(again.id)],
    "changed": changed.city,
    "listed": [[str(one.id) == str(made.id), one.city, one.created_at.tzinfo is not None] for one in listed.data],
    "read": get_patient.sync(made.id, client=client).given_name,
    "visits": len(get_visits.sync(client=client).data),
    "refused": refused.code,
}))
"""


def test_it_lists_and_creates_patients(open_place, let_in_at, tmp_path):
    place = open_place()
    token = let_in_at(place).defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    with serving(free_port(), DEMO="0") as port:
        base, host = f"http://127.0.0.1:{port}/api/v1", f"{host_of(place.slug)}:{port}"
        generate(base, host, tmp_path)
        done = run([sys.executable, "-c", PROGRAM, base, host, token], tmp_path)
    assert json.loads(done) == {
        "before": 0,
        "made": ["Noor", ["H-17"], True],
        "changed": "Salem",
        "listed": [[True, "Salem", True]],
        "read": "Noor",
        "visits": 0,
        "refused": "bad_parameter",
    }
    with practice_scope(place):
        assert Patient.objects.get().city == "Salem"


def generate(base, host, folder):
    """The package perennial_client in `folder`; anything that the generator leaves out is a failure."""
    asked = urllib.request.Request(f"{base}/openapi.json", headers={"Host": host})  # noqa: S310  loopback
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310  the same
        (folder / "openapi.json").write_bytes(answer.read())
    command = [
        sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--meta", "none",
        "--output-path", str(folder / "perennial_client"), "--fail-on-warning",
    ]  # fmt: skip
    run(command, folder)


def run(command, folder):
    there = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = {**os.environ, "PATH": there, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    done = subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
