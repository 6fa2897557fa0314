"""What the documents tell people to type is there."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from infra.launch.__main__ import parser
from infra.launch.project import ROOT

DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("infra/**/*.md"), *ROOT.glob("Makefile"))
    if ".venv" not in path.parts
)
BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:[A-Z_]+=\S+ )*(?:make|python manage\.py|python -m infra\.launch) [^`]+)`")
ASSIGNMENT = re.compile(r"^[A-Z_]+=\S*$")
# What is neither ours nor checked here.
FOREIGN = {"git", "cd", "cp", "docker", "export", "openssl", "uv"}


def _commands(document: Path) -> list[str]:
    text = document.read_text()
    lines = [line for block in BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    typed = [line.removeprefix("$ ").split(" #")[0].strip() for line in lines]
    return [line for line in (*typed, *INLINE.findall(text)) if line and not line.startswith("#")]


def _words(command: str) -> list[str]:
    words = command.split()
    while words and ASSIGNMENT.match(words[0]):
        words.pop(0)
    return words


CASES = [(path.relative_to(ROOT), command) for path in DOCUMENTS for command in dict.fromkeys(_commands(path))]


def test_there_are_documents_with_commands_to_check():
    assert {"README.md", "CONTRIBUTING.md"} <= {str(document) for document, _ in CASES}


@pytest.mark.parametrize(("document", "command"), CASES, ids=[f"{document}: {command}" for document, command in CASES])
def test_a_command_that_a_document_names_exists(document: Path, command: str):
    match _words(command):
        case ["make", *words]:
            # `make -n` says what it would do, and fails for a target that is not there.
            asked = subprocess.run(["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, check=False)
            assert asked.returncode == 0, asked.stderr
        case [("python" | "python3" | ".venv/bin/python"), "-m", "infra.launch", *words]:
            assert parser().parse_args([word for word in words if word != "..."])
        case [("python" | "python3" | ".venv/bin/python"), "manage.py", name, *_]:
            assert name in get_commands()
        case [".ci/run", *_] | ["./.ci/run", *_]:
            assert (ROOT / ".ci" / "run").exists()
        case [program, *words] if program in FOREIGN:
            for word in words:
                if word.startswith(("infra/", "requirements/", "tests/")):
                    assert (ROOT / word).parent.exists()
        case words:
            raise AssertionError(f"{document} names a command that no test knows how to check: {' '.join(words)}")
