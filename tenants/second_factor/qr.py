"""A QR code as one SVG path: no style, no size of its own, drawn in the ink of the page's choosing."""

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


@dataclass(frozen=True, slots=True)
class Drawing:
    """size: the edge of the view box, in modules. path: a rectangle for each run of dark modules."""

    size: int
    path: str


def draw(text: str) -> Drawing:
    code = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    return Drawing(size=len(rows) + 2 * QUIET, path="".join(_runs(row, y) for y, row in enumerate(rows, QUIET)))


def _runs(row: list[bool], y: int) -> str:
    path, start = "", None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            path += f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z"
            start = None
    return path
