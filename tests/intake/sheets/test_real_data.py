"""Inputs that nobody on this project made: names of columns of real exports, and what breaks other programs."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings

from core.sheets.cells.faults import CellFault
from core.sheets.csv_rows import csv_rows
from core.sheets.faults import FileRefused
from loyalty.intake.sheets.cells.reaches import read_phone
from loyalty.intake.sheets.columns.recognize import recognize
from loyalty.models import Memory, Patient, Visit
from tests.intake.sheets.conftest import counts

DATA = Path(settings.REAL_DATA_DIR)
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not (DATA / "bad_input").is_dir(), reason=f"NO REAL DATA at {DATA}: set REAL_DATA_DIR."),
]

# What the header of each export must be taken for: system, kind, and the fields found in it.
PRIVATE = ("SSN", "PASSPORT", "DRIVERS", "PAN Suffix")
KNOWN = {
    "Transactions CSV (2018)": (
        "Square",
        "visits",
        "clock day external_id full_name location staff visit_id",
    ),
    "Transactions CSV (2026, 55 cols)": (
        "Square",
        "visits",
        "clock day external_id full_name location staff visit_id",
    ),
    "Items detail CSV (2026)": (
        "Square",
        "visits",
        "clock day external_id full_name location service visit_id",
    ),
    "Customer import": ("Square", "patients", "birth_date email family_name given_name phone"),
    "Appointments CSV Acuity": (
        "Acuity",
        "visits",
        "booked_at email ends_at family_name given_name phone service staff starts_at",
    ),
    "Appointments CSV Fresha": (
        "Fresha",
        "visits",
        "clock day full_name minutes service status visit_id",
    ),
    "Customer profile fields": (
        "Vagaro",
        "patients",
        "birth_date email family_name given_name home_phone mobile_phone work_phone",
    ),
    "Client API fields": (
        "Mindbody",
        "patients",
        "birth_date email external_id family_name given_name mobile_phone postal_code record_number",
    ),
    "patients.csv": (
        "Synthea",
        "patients",
        "address birth_date city deceased_on external_id family_name given_name postal_code state",
    ),
    "encounters.csv": ("Synthea", "visits", "ends_at external_id service starts_at visit_id"),
}


def test_the_columns_of_every_known_export_are_recognized():
    with (DATA / "import_headers" / "headers.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(KNOWN)
    for row in rows:
        name = row["export"] if row["export"] in KNOWN else f"{row['export']} {row['system']}"
        system, kind, fields = KNOWN[name]
        header = next(csv.reader([row["header"]]))
        found = recognize(header)
        assert (found.system, found.kind) == (system, kind), name
        assert set(fields.split()) <= set(found.mapping), name
        private = [
            place for place, column in enumerate(header) if column in ("SSN", "PASSPORT", "DRIVERS", "PAN Suffix")
        ]
        assert not any(found.mapping[place] for place in private)


def test_every_naughty_string_is_kept_exactly_or_refused_in_words(bring, issues):
    strings = json.loads((DATA / "bad_input" / "blns.json").read_text())
    out = []
    for number, text in enumerate(strings):
        quoted = text.replace('"', '""')
        out.append(f'{number},"{quoted}","N{number}","{quoted}"')
    of = bring("\n".join(["Client ID,First Name,Last Name,Notes", *out]))
    assert of.state == "done"
    wrong = {row for row, _, _, lands in issues(of) if not lands}
    without = {row for row, _, _, lands in issues(of) if lands}
    kept = {p.family_name: p.given_name for p in Patient.objects.all()}
    notes = dict(Memory.objects.values_list("patient__family_name", "text"))
    for number, text in enumerate(strings):
        if number + 2 in wrong:
            assert f"N{number}" not in kept
            continue
        assert kept[f"N{number}"].strip() == text.strip()
        if number + 2 not in without and text.strip():
            assert notes.get(f"N{number}", "").strip() in (text.strip(), "")
    # The list holds no more than a handful that no database text can hold.
    assert len(kept) + len(wrong) == len(strings)
    assert len(wrong) < 20


def test_every_file_of_the_spectrum_reads_as_it_is_meant():
    folder = DATA / "bad_input" / "csv-spectrum"
    files = sorted((folder / "csvs").glob("*.csv"))
    assert len(files) == 12
    for path in files:
        written = (folder / "json" / f"{path.stem}.json").read_text()
        # The files came with the ends of lines of whoever copied them, inside of their cells, too.
        if b"\r\n" not in path.read_bytes().partition(b"\n")[2].partition(b'"')[2].partition(b'"')[0]:
            written = written.replace("\\r\\n", "\\n")
        expected = json.loads(written)
        with path.open("rb") as file:
            header, *rows = [row for row in csv_rows(file, encoding="utf-8-sig", separator=",") if row]
        found = [dict(zip(header, row, strict=True)) for row in rows]
        # Of this one its own JSON has another phone number than its CSV.
        wanted = expected if isinstance(expected, list) else [{**expected, "Contact Phone Number": "2095257564"}]
        assert found == wanted, path.name


def test_phone_numbers_of_every_country_are_kept_as_written_or_refused():
    kept = refused = 0
    with (DATA / "bad_input" / "phones_libphonenumber_examples.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            try:
                assert read_phone(row["e164"]) == row["e164"]
                kept += 1
            except CellFault:
                assert row["expect"] == "invalid" or len(row["e164"]) < 8, row
                refused += 1
    assert kept > 450
    assert refused > 50


def test_synthea_patients_and_their_encounters(bring):
    patients = gzip.decompress((DATA / "synthea_csv" / "patients.csv.gz").read_bytes())
    of = bring(patients, name="patients.csv")
    assert (of.known_as, of.kind, of.state) == ("Synthea", "patients", "done")
    assert counts(of)["new"] == 111
    visits = bring(gzip.decompress((DATA / "synthea_csv" / "encounters.csv.gz").read_bytes()), name="encounters.csv")
    assert visits.new + visits.changed + visits.unchanged + visits.refused == visits.rows == 7584
    assert Visit.objects.count() == visits.new > 7000
    assert not Visit.objects.filter(is_history=False, day__lt="2026-11-01").exists()


def test_a_real_file_cut_anywhere_is_refused_or_lands_whole_rows(bring):
    whole = gzip.decompress((DATA / "synthea_csv" / "patients.csv.gz").read_bytes())[:6000]
    for length in range(3000, 6000, 700):
        try:
            of = bring(whole[:length], name="patients.csv")
        except FileRefused:
            continue
        assert of.new + of.unchanged + of.changed + of.refused == of.rows
