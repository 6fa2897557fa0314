"""Rules of the house that a reader would otherwise have to remember."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("core", "tenants", "loyalty", "billing", "api", "frontend", "infra", "tests")
MOST_LINES = 300
VAGUE = {"utils", "helpers", "common", "misc", "util", "helper"}
TOP = {*CODE, "requirements", ".ci"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_there_is_no_other_code_folder():
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert folders <= TOP


def test_files_stay_short():
    written = [path for path in tracked("*.py", "*.css", "*.js", "*.html") if "migrations" not in path.parts]
    long = {str(p.relative_to(ROOT)): n for p in written if (n := len(p.read_text().splitlines())) > MOST_LINES}
    assert long == {}


def test_files_are_named_for_what_they_do():
    assert [path for path in tracked("*.py") if path.stem in VAGUE] == []


def test_imports_stand_at_the_top_or_say_why():
    """An import inside a function hides a cycle. Where Django must be ready first, a comment or docstring says so."""
    found = []
    for path in tracked("core/*.py", "tenants/*.py", "loyalty/*.py", "frontend/*.py"):
        if path.name == "apps.py" or "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            imports = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            found += [f"{path.name}:{node.lineno}" for node in imports]
    assert found == []


def test_schema_context_is_not_sprinkled():
    found = [p for p in tracked("*.py") if "schema_context" in p.read_text() and p != Path(__file__)]
    assert found == []


@pytest.mark.parametrize("package", ["core", "tenants", "loyalty", "frontend"])
def test_every_package_can_be_imported_below_infra(package):
    found = []
    for path in tracked(f"{package}/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [str(path) for name in names if name.split(".")[0] == "infra"]
    assert found == []


def test_no_inline_style_or_script_in_templates():
    found = []
    for path in tracked("*.html"):
        text = path.read_text()
        if " style=" in text or "<style" in text or "onclick=" in text or "<script>" in text:
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_lock_files_hold_no_download_addresses():
    for path in tracked("requirements/*.txt", "frontend/package-lock.json"):
        text = path.read_text()
        assert '"resolved"' not in text, path
        assert "--index-url" not in text, path
        assert "://" not in "".join(line for line in text.splitlines() if "==" in line), path
