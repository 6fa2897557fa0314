import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.intake.fhir.bundle import read_entries
from loyalty.intake.fhir.parts import BadPart, BrokenOff, Part

LEAVES = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=4)


def cut(data: bytes, largest: int = 10_000, chunk: int = 7) -> list[Part | BadPart]:
    return list(read_entries(io.BytesIO(data), largest=largest, chunk=chunk))


@given(
    st.lists(OBJECTS, max_size=5),
    st.integers(1, 40),
    st.sampled_from([None, 2]),
    st.booleans(),
    st.dictionaries(st.text().filter(lambda key: key not in ("entry", "resourceType")), VALUES, max_size=2),
)
@settings(deadline=None)
def test_the_entries_are_those_a_whole_parser_finds(entries, chunk, indent, ascii_only, others):
    document = {"resourceType": "Bundle", **others, "entry": entries, "link": [{"url": "x"}]}
    parts = cut(json.dumps(document, indent=indent, ensure_ascii=ascii_only).encode(), chunk=chunk)
    assert [json.loads(part.data) for part in parts if isinstance(part, Part)] == entries
    assert [part.number for part in parts] == list(range(1, len(entries) + 1))


def test_the_type_may_stand_behind_the_entries():
    assert cut(b'{"entry":[{"a":1}],"resourceType":"Bundle"}') == [Part(1, b'{"a":1}')]


def test_a_single_resource_is_its_own_only_part():
    assert cut(b' {"resourceType":"Patient","id":"1","name":[{"text":"A"}]} ') == [
        Part(1, b'{"resourceType":"Patient","id":"1","name":[{"text":"A"}]}')
    ]


def test_a_list_resource_is_no_bundle_though_it_has_entries():
    document = b'{"resourceType":"List","entry":[{"item":{"reference":"Patient/1"}}]}'
    assert cut(document) == [Part(1, document)]


def test_a_bundle_with_an_empty_list_has_no_parts():
    assert cut(b'{"resourceType":"Bundle","entry":[]}') == []


def test_an_empty_file_has_no_parts():
    assert cut(b"") == []


def test_one_bad_entry_costs_one_entry():
    parts = cut(b'{"resourceType":"Bundle","entry":[{"a":1},{"b":\xff tru},{"c":3}]}')
    assert parts == [Part(1, b'{"a":1}'), Part(2, b'{"b":\xff tru}'), Part(3, b'{"c":3}')]


def test_what_is_no_entry_is_reported_and_the_next_entry_read():
    parts = cut(b'{"resourceType":"Bundle","entry":[{"a":1},null,{"c":3},4]}')
    assert [(part.number, isinstance(part, Part)) for part in parts] == [(1, True), (2, False), (3, True), (4, False)]


def test_an_entry_with_a_picture_is_passed_over_without_holding_it():
    class Bundle(io.RawIOBase):
        """One entry of 64 MiB between two small ones."""

        def __init__(self) -> None:
            self.pieces = [
                b'{"resourceType":"Bundle","entry":[{"a":1},{"picture":"',
                *[b"A" * 65536] * 1024,
                b'"},{"c":3}]}',
            ]

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            if not self.pieces:
                return 0
            piece = self.pieces.pop(0)
            size = min(len(buffer), len(piece))
            buffer[:size] = piece[:size]
            if piece[size:]:
                self.pieces.insert(0, piece[size:])
            return size

    stream = io.BufferedReader(Bundle())
    tracemalloc.start()
    parts = list(read_entries(stream, largest=1024 * 1024))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(part.number, isinstance(part, Part)) for part in parts] == [(1, True), (2, False), (3, True)]
    assert peak < 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b'{"resourceType":"Bundle","entry":[{"a":1},{"b"', "the file ends in the middle; export it again"),
        (b'{"resourceType":"Patient","id":"1', "the file ends in the middle; export it again"),
        (b"id,name\n1,Ann\n", "the file is not JSON; export it again"),
        (b'{"entry":[{"a":1}]}', "the file has entries, but its resourceType is not Bundle"),
    ],
)
def test_a_document_that_cannot_be_followed_says_why(document, reason):
    with pytest.raises(BrokenOff) as error:
        cut(document)
    assert error.value.reason == reason


def test_the_entries_before_a_break_are_given():
    stream = read_entries(io.BytesIO(b'{"resourceType":"Bundle","entry":[{"a":1},{"b"'))
    assert next(stream) == Part(1, b'{"a":1}')
    with pytest.raises(BrokenOff):
        next(stream)


def test_too_much_outside_of_the_entries_stops_the_reading():
    with pytest.raises(BrokenOff) as error:
        cut(b'{"resourceType":"Binary","data":"' + b"A" * 500 + b'"}', largest=100)
    assert "longer than 4 MiB" in error.value.reason


@given(st.binary(max_size=200), st.integers(1, 50))
@settings(deadline=None)
def test_no_bytes_whatsoever_break_the_cutter(data, chunk):
    try:
        parts = cut(data, chunk=chunk)
    except BrokenOff:
        return
    assert [part.number for part in parts] == sorted({part.number for part in parts})
