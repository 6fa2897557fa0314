"""The layer contracts only see the packages they name."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_stands_in_the_contracts():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert set(settings["root_packages"]) == packages
    layers, knows_django_tenants = settings["contracts"][:2]
    named = {word.strip("() ") for layer in layers["layers"] for word in layer.split("|")}
    assert packages <= named
    assert set(knows_django_tenants["source_modules"]) == packages - {"infra"}
