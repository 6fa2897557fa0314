"""Every command of the quick start is run, as it stands there, against the running server."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.models import Patient, Visit
from tenants.hosts import host_of, url_of
from tests.browser.conftest import free_port, serving
from tests.partners import registered
from tests.places import owner_of
from tests.tenants import partners

QUICK_START = Path(__file__).resolve().parents[2] / "api" / "quickstart.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
TWELVE = 12  # as its title says
SCOPES = ("practice:read", "patients:read", "patients:write", "visits:read", "visits:write")


@pytest.fixture
def let_in(open_place):
    """A practice, and a program that it let in with what the quick start asks for."""
    place, program = open_place(), registered(scopes=SCOPES)
    owner = owner_of(place)
    partners.let_in(program.application, place, owner, scopes=SCOPES, now=timezone.now())
    yield place, program
    program.application.grants.all().delete()
    program.application.delete()
    owner.delete()


def said(text):
    """Everything that the commands printed, value by value."""
    decoder, values = json.JSONDecoder(), []
    while text := text.strip():
        value, end = decoder.raw_decode(text)
        values.append(value)
        text = text[end:]
    return values


def test_every_command_of_the_quick_start_does_what_it_says(let_in):
    place, program = let_in
    first, *commands = BLOCK.findall(QUICK_START.read_text())
    assert [line.partition("=")[0] for line in first.splitlines()] == [
        "export NETWORK", "export PRACTICE", "export CLIENT_ID", "export CLIENT_SECRET",
    ]  # fmt: skip
    assert sum(block.count("curl ") for block in commands) == TWELVE
    missing = [tool for tool in ("bash", "curl", "jq") if shutil.which(tool) is None]
    assert not missing, f"the quick start needs {missing}"
    with serving(free_port(), DEMO="0") as port:
        told = {
            **os.environ,
            "NETWORK": f"http://perennial.localhost:{port}",
            "PRACTICE": f"http://{place.slug}.perennial.localhost:{port}",
            "CLIENT_ID": program.application.client_id,
            "CLIENT_SECRET": program.secret,
            "NO_PROXY": "localhost",
            "no_proxy": "localhost",
        }
        script = "set -euo pipefail\n" + "\n".join(commands)
        done = subprocess.run(
            ["bash", "-c", script], env=told, capture_output=True, text=True, timeout=120, check=False
        )
    assert done.returncode == 0, done.stdout + done.stderr
    token, found, city, status, since, bulk = said(done.stdout)
    assert (token["practice"]["slug"], token["scopes"]) == (place.slug, sorted(SCOPES))
    assert [(row["given_name"], set(row)) for row in found] == [("Noor", {"id", "given_name", "family_name"})]
    assert (city, status) == ("Salem", "cancelled")
    assert since == [{"external_id": "A-1", "status": "cancelled"}]
    assert [row["status"] for row in bulk] == ["updated", "created", "refused"]
    with practice_scope(place):
        assert sorted(Patient.objects.values_list("given_name", "city")) == [("Ada", ""), ("Noor", "Eugene")]
        assert Visit.objects.get().status == "cancelled"


def test_it_is_a_page_too_with_the_addresses_of_the_practice(aurora):
    page = Client(SERVER_NAME=host_of(aurora.slug)).get("/api/v1/docs/quick-start/").content.decode()
    assert f"export PRACTICE=http://{host_of(aurora.slug)}\n" in page
    assert f"export NETWORK={url_of('').rstrip('/')}\n" in page
    assert "aurora.perennial.localhost:8000" not in page.replace(host_of(aurora.slug), "")
    assert page.count("<pre ") == len(BLOCK.findall(QUICK_START.read_text()))
    assert "<code>resource</code>" in page
    assert "```" not in page
