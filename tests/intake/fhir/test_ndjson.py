import io
import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.intake.fhir.ndjson import read_lines
from loyalty.intake.fhir.parts import BadPart, Part


def cut(data: bytes, largest: int = 20) -> list[Part | BadPart]:
    return list(read_lines(io.BytesIO(data), largest=largest))


def test_lines_keep_their_numbers_over_blank_ones():
    assert cut(b'{"a":1}\n\n   \n{"b":2}\n') == [Part(1, b'{"a":1}'), Part(4, b'{"b":2}')]


def test_a_byte_order_mark_and_windows_line_ends_are_taken_off():
    assert cut(b'\xef\xbb\xbf{"a":1}\r\n{"b":2}\r\n') == [Part(1, b'{"a":1}'), Part(2, b'{"b":2}')]


def test_the_last_line_needs_no_line_end():
    assert cut(b'{"a":1}\n{"b":2}')[-1] == Part(2, b'{"b":2}')


def test_an_empty_file_has_no_lines():
    assert cut(b"") == []


def test_a_line_that_is_too_long_is_passed_over_and_the_next_one_read():
    first, bad, last = cut(b"{}\n" + b"x" * 100 + b"\n[]\n")
    assert (first, last) == (Part(1, b"{}"), Part(3, b"[]"))
    assert isinstance(bad, BadPart)
    assert (bad.number, bad.reason.split(",")[0]) == (2, "the line is longer than 4 MiB")


def test_a_line_of_exactly_the_largest_size_is_read():
    assert cut(b"x" * 20 + b"\n" + b"y" * 20) == [Part(1, b"x" * 20), Part(2, b"y" * 20)]


def test_a_line_that_is_too_long_is_not_held_in_memory():
    class Endless(io.RawIOBase):
        """64 MiB without a line end."""

        left = 64 * 1024 * 1024

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            size = min(len(buffer), self.left)
            buffer[:size] = b"x" * size
            self.left -= size
            return size

    tracemalloc.start()
    parts = list(read_lines(io.BufferedReader(Endless()), largest=1024 * 1024))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(part) for part in parts] == [BadPart]
    assert peak < 8 * 1024 * 1024


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=8))
@settings(deadline=None)
def test_every_line_is_either_given_or_named_as_too_long(written):
    parts = cut(b"\n".join(written), largest=20)
    kept = {part.number: part.data for part in parts if isinstance(part, Part)}
    long = {part.number for part in parts if isinstance(part, BadPart)}
    for number, line in enumerate(written, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if number in long:
            assert len(line) > 20
        else:
            assert kept.get(number, b"") == text.strip()
