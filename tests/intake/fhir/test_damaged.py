"""Damaged input: what can be read lands, what cannot is reported, nothing crashes."""

import gzip
import json
import random

import pytest

from tests.intake.exports import adds_up, bundle, lines, patient, read, read_lines, write


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"resourceType":"Patient","id":', "is not valid JSON at character"),
        (b"not json", "is not valid JSON at character 1"),
        (b'{"resourceType":"Patient","id":"p2","x":"\xff"}', "is not valid UTF-8 at byte 42"),
        (b"[" * 100_000, "is nested too deeply to be a FHIR resource"),
        (b'{"resourceType":"Patient","id":"p2","x":' + b"9" * 5000 + b"}", "holds a number with thousands of digits"),
        (b"[]", "is a list, not an object"),
        (b"null", "is null, not an object"),
        (b'"Patient"', "is text, not an object"),
        (b"{}", "has no resourceType"),
        (b'{"resourceType":7}', "resourceType is a number, so this is no FHIR resource"),
        (b'{"resourceType":"Patent"}', 'resourceType "Patent" does not exist in FHIR R4'),
        (b'{"resourceType":"Pat\\u0000\\u001bient"}', 'resourceType "Pat\\x00\\x1bient" does not exist in FHIR R4'),
    ],
)
def test_a_damaged_line_costs_one_line(tmp_path, line, reason):
    export = read_lines(tmp_path, patient("p1"), line, patient("p3"))
    assert [row.id for row in export.patients] == ["p1", "p3"]
    (error,) = export.errors
    assert (error.source, error.line) == ("all.ndjson", 2)
    assert error.reason.startswith(reason)
    assert adds_up(export)


def test_a_line_of_five_megabytes_costs_one_line(tmp_path):
    long = patient("p2", text={"div": "x" * 5_000_000})
    export = read_lines(tmp_path, patient("p1"), long, patient("p3"))
    assert [row.id for row in export.patients] == ["p1", "p3"]
    assert [(error.line, error.reason.split(",")[0]) for error in export.errors] == [
        (2, "the line is longer than 4 MiB")
    ]


@pytest.mark.parametrize("what", ['"\\ud800"', "1e999", "-1e999", "123456789012345678901234567890"])
def test_half_a_character_or_a_huge_number_costs_at_most_its_field(tmp_path, what):
    line = json.dumps(patient("p1", birthDate="1980")).replace('"1980"', f'"1980","language":{what}').encode()
    (row,) = read_lines(tmp_path, line).patients
    assert (row.family_name, str(row.birth_date)) == ("Lee", "1980")


def test_a_lone_surrogate_in_a_name_costs_that_name(tmp_path):
    line = json.dumps(patient("p1")).replace('"Ann"', '"A\\ud800nn"').encode()
    export = read_lines(tmp_path, line)
    assert [(row.given_name, row.family_name) for row in export.patients] == [("", "Lee")]
    assert [error.reason for error in export.errors] == [
        "name[0].given[0] holds half a character (a lone surrogate); left out"
    ]


def test_a_compressed_file_that_breaks_off_gives_the_rows_before(tmp_path):
    # Incompressible, so that the cut falls among the rows.
    chance = random.Random(7)
    rows = [patient(f"p{i}", language=str(chance.getrandbits(400))) for i in range(3000)]
    whole = gzip.compress(lines(*rows))
    (tmp_path / "Patient.ndjson.gz").write_bytes(whole[: len(whole) // 2])
    export = read(tmp_path)
    assert 0 < len(export.patients) < 3000
    assert [row.id for row in export.patients] == [f"p{i}" for i in range(len(export.patients))]
    assert "breaks off here" in export.errors[-1].reason
    assert "export it again" in export.errors[-1].reason


def test_a_compressed_file_with_damage_inside_is_reported(tmp_path):
    whole = bytearray(gzip.compress(lines(*[patient(f"p{i}") for i in range(3000)])))
    whole[len(whole) // 2] ^= 0xFF
    whole[-6] ^= 0xFF
    (tmp_path / "Patient.ndjson.gz").write_bytes(whole)
    write(tmp_path, Z_ndjson=lines(patient("z")))
    export = read(tmp_path)
    assert export.patients[-1].id == "z"
    assert any("breaks off here" in error.reason for error in export.errors)


def test_a_bundle_that_breaks_off_gives_the_entries_before(tmp_path):
    whole = bundle(patient("p1"), patient("p2"))
    write(tmp_path, a_json=whole[:-40], b_json=bundle(patient("p3")))
    export = read(tmp_path)
    assert [row.id for row in export.patients] == ["p1", "p3"]
    assert [(error.source, error.reason) for error in export.errors] == [
        ("a.json", "the file ends in the middle; export it again")
    ]


def test_a_file_in_utf_16_says_what_to_do(tmp_path):
    write(tmp_path, a_ndjson=lines(patient()).decode().encode("utf-16"), b_ndjson=lines(patient()))
    assert [error.reason for error in read(tmp_path).errors] == ["the file is UTF-16; save it as UTF-8"]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    data = b"\xef\xbb\xbf" + lines(patient("p1"), patient("p2")).replace(b"\n", b"\r\n")
    export = read(write(tmp_path, a_ndjson=data))
    assert ([row.id for row in export.patients], export.errors) == (["p1", "p2"], [])


def test_an_entry_without_a_resource_is_reported(tmp_path):
    data = json.dumps({"resourceType": "Bundle", "entry": [{"request": {"method": "DELETE"}}, {"resource": patient()}]})
    export = read(write(tmp_path, a_json=data.encode()))
    assert [row.id for row in export.patients] == ["p1"]
    assert [(error.line, error.reason) for error in export.errors] == [(1, "the entry has no resource")]
