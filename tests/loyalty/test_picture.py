"""A picture of a card is read with care: whatever else was sent is refused before it is unpacked."""

import io
import struct
import zlib

import pytest
from PIL import Image

from core.errors import DomainError
from loyalty.touchpoints.picture import MOST_PIXELS, MOST_SENT, picture_from


def made(size, kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def claiming(width, height):
    """A PNG whose head says how large it is, and that holds no pixel."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "The file is empty"),
        (b"x" * (MOST_SENT + 1), "15 MB and 60 megapixels"),
        (claiming(10_000, MOST_PIXELS // 10_000 + 1), "15 MB and 60 megapixels"),
        # So large that the library itself gives up.
        (claiming(100_000, 100_000), "15 MB and 60 megapixels"),
        (b"%PDF-1.7 a letter", "no picture that we can read"),
        (made((40, 40), "GIF"), "no picture that we can read"),
        (made((400, 400))[:-200], "The picture is broken"),
        (claiming(40, 40), "The picture is broken"),
    ],
    ids=["empty", "bytes", "pixels", "bomb", "no picture", "another kind", "cut off", "without pixels"],
)
def test_what_cannot_be_kept_is_refused_with_what_to_send(sent, said):
    with pytest.raises(DomainError, match=said) as refused:
        picture_from(sent)
    assert refused.value.field == "photo"


def test_the_largest_that_fits_is_taken():
    side = 7_000
    picture = picture_from(made((side, MOST_PIXELS // side)))
    assert max(picture.width, picture.height) == 1600
