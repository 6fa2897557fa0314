"""Texts and emails to patients leave by loyalty.messages alone, and only core.messages knows the providers."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROVIDERS = {"anymail", "twilio"}
WAYS_OUT = {"core.messages.mail", "core.messages.text", "django.core.mail", "smtplib"}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def code(*packages: str) -> list[Path]:
    return [
        path for package in packages for path in (ROOT / package).rglob("*.py") if "site-packages" not in path.parts
    ]


def room(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parts[:2])


def test_only_core_messages_imports_a_provider():
    packages = ("core", "tenants", "loyalty", "billing", "api", "frontend", "infra")
    found = {room(path) for path in code(*packages) if {name.split(".")[0] for name in imported(path)} & PROVIDERS}
    assert found == {"core.messages"}


def test_only_loyalty_messages_sends_to_patients():
    found = {room(path) for path in code("loyalty", "frontend", "api") if imported(path) & WAYS_OUT}
    assert found == {"loyalty.messages"}


@pytest.mark.parametrize(
    ("contract", "but"),
    [
        ("Only core.messages knows anymail and twilio", set()),
        ("Only loyalty.messages reaches patients by text or email", {"core", "tenants", "billing"}),
    ],
)
def test_the_contracts_name_every_package(contract, but):
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (found,) = [one for one in settings["contracts"] if one["name"] == contract]
    assert set(found["source_modules"]) == set(settings["root_packages"]) - but
