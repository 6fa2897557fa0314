"""`make setup`: the virtual environment and the fonts. Standard library only: it runs before there are packages.

pip takes its index, certificates and cache from its own configuration and environment; nothing here overrides them.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

from infra.launch.errors import LaunchError
from infra.launch.fonts import fetch_fonts, fonts_present

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"


def install(kind: str) -> None:
    """Install requirements/<kind>.txt ("base" or "dev", which holds base) and the fonts, unless they are there."""
    if sys.version_info < OLDEST_PYTHON:
        raise LaunchError(
            f"Perennial needs Python 3.11 or later; {sys.executable} is {sys.version.split()[0]}. Install a newer one "
            "and run `make setup PYTHON=python3.12`."
        )
    begun = time.monotonic()
    downloading = 0.0
    if not _installed(kind):
        print(f"Installing the packages of requirements/{kind}.txt into .venv", flush=True)
        _make_venv()
        downloading += _install_packages(kind)
    if not fonts_present(ROOT / "frontend"):
        print("Fetching the fonts", flush=True)
        before = time.monotonic()
        fetch_fonts(frontend=ROOT / "frontend", requirements=ROOT / "requirements" / "fonts.txt")
        downloading += time.monotonic() - before
    if downloading:
        rest = time.monotonic() - begun - downloading
        print(f"Set up: {downloading:.1f} s of downloads and {rest:.1f} s of everything else.", flush=True)


def _digest(kind: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{kind}.txt").read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    return dict(json.loads(STAMP.read_text())) if STAMP.exists() else {}


def _installed(kind: str) -> bool:
    done = _stamp()
    # Everything of base is in dev, in the same versions: both files come from one resolution.
    return any(done.get(name) == _digest(name) for name in {kind, "dev"}) and (VENV / "bin" / "python").exists()


def _make_venv() -> None:
    python = VENV / "bin" / "python"
    if python.exists() and _runs([str(python), "-m", "pip", "--version"]):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise LaunchError(
            f"Python could not make the virtual environment .venv ({error}). On Debian and Ubuntu install the package "
            "python3-venv; elsewhere check that this folder can be written and has space. Then run `make setup` again."
        ) from error


def _install_packages(kind: str) -> float:
    """Returns the seconds spent downloading. Downloads first and installs from the files, to tell the two apart."""
    requirements = str(ROOT / "requirements" / f"{kind}.txt")
    downloads = VENV / "downloads"
    hashed = ("--quiet", "--require-hashes", "--requirement", requirements)
    before = time.monotonic()
    _pip("download", *hashed, "--dest", str(downloads))
    downloading = time.monotonic() - before
    _pip("install", *hashed, "--no-index", "--find-links", str(downloads))
    shutil.rmtree(downloads)
    STAMP.write_text(json.dumps({**_stamp(), kind: _digest(kind)}))
    return downloading


def _pip(*words: str) -> None:
    done = subprocess.run(
        [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise LaunchError(
            f"`pip {words[0]}` failed, so the packages are not all installed. Check the network and pip's settings, "
            f"then run `make setup` again: it goes on from what is there. pip said:\n{done.stderr.strip()[-3000:]}"
        )


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except LaunchError as refusal:
        print(f"Setup stopped: {refusal}", file=sys.stderr)
        sys.exit(2)
