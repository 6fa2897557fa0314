"""Fonts come from the packages of the lock file, by the names that the style sheets use."""

from pathlib import Path

import pytest

from infra.launch.errors import LaunchError
from infra.launch.fonts import fonts_digest, fonts_needed, fonts_present, put_in_place
from infra.launch.project import ROOT


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    """A frontend whose one style sheet loads two fonts."""
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "app.css").write_text(
        '@font-face{src:url("../fonts/rose-latin.woff2")}\n@font-face{src:url(../fonts/rose-greek.woff2)}\n'
    )
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    return tmp_path


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """What npm leaves: one package with three fonts and a license."""
    package = tmp_path / "node_modules" / "@fontsource-variable" / "rose"
    (package / "files").mkdir(parents=True)
    (package / "LICENSE").write_text("free")
    for name in ("latin", "greek", "cyrillic"):
        (package / "files" / f"rose-{name}.woff2").write_bytes(name.encode())
    return tmp_path / "node_modules"


def test_what_the_style_sheets_load_is_put_in_place_with_its_license(frontend: Path, modules: Path) -> None:
    put_in_place(modules=modules, frontend=frontend)
    fonts = frontend / "static" / "fonts"
    assert sorted(path.name for path in fonts.iterdir()) == [
        ".fetched",
        "rose-greek.woff2",
        "rose-latin.woff2",
        "rose.LICENSE.txt",
    ]
    assert (fonts / "rose-latin.woff2").read_bytes() == b"latin"


def test_fonts_are_fetched_again_when_a_style_sheet_or_the_lock_file_changes(frontend: Path, modules: Path) -> None:
    assert not fonts_present(frontend)
    put_in_place(modules=modules, frontend=frontend)
    assert fonts_present(frontend)
    digest = fonts_digest(frontend)
    (frontend / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assert not fonts_present(frontend)
    (frontend / "package-lock.json").write_text("{}")
    assert fonts_digest(frontend) == digest
    (frontend / "static" / "css" / "late.css").write_text("src:url('../fonts/rose-cyrillic.woff2')")
    assert not fonts_present(frontend)


def test_a_font_that_no_package_has_is_named_and_the_old_ones_stay(frontend: Path, modules: Path) -> None:
    put_in_place(modules=modules, frontend=frontend)
    (frontend / "static" / "css" / "late.css").write_text("src:url('../fonts/tulip.woff2')")
    with pytest.raises(LaunchError, match=r"that no package in frontend/package\.json has: tulip\.woff2"):
        put_in_place(modules=modules, frontend=frontend)
    assert (frontend / "static" / "fonts" / "rose-latin.woff2").exists()


def test_every_font_of_the_product_is_in_place() -> None:
    needed = fonts_needed(ROOT / "frontend")
    assert needed != []
    assert [name for name in needed if not (ROOT / "frontend" / "static" / "fonts" / name).exists()] == []


@pytest.mark.parametrize(
    "lock_file",
    ["requirements/base.txt", "requirements/dev.txt", "requirements/fonts.txt", "frontend/package-lock.json"],
)
def test_lock_files_hold_hashes_and_no_addresses(lock_file: str) -> None:
    text = (ROOT / lock_file).read_text()
    assert "://" not in text
    if lock_file.endswith(".txt"):
        lines = [line for line in text.splitlines() if line and not line[0].isspace()]
        packages = [line for line in lines if not line.startswith("#")]
        assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []
    else:
        assert text.count('"integrity"') == text.count('"node_modules/')
