"""tests/compliance/README.md names every file there is, and no file that there is not."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "compliance"


def test_the_list_of_musts_and_the_files_agree():
    named = set(re.findall(r"`(test_\w+[.]py)`", (FOLDER / "README.md").read_text()))
    here = {path.name for path in FOLDER.glob("test_*.py")}
    elsewhere = {path.name for path in (FOLDER.parent / "loyalty").glob("test_*.py")}
    assert here - named == set(), "a file without a line"
    assert named - here - elsewhere == set(), "a line without a file"
