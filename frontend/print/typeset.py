"""Typst in this process: from a template and data to a PDF, tagged for PDF/UA-1. Nothing is written to disk."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from typst import Compiler, Fonts

HERE = Path(__file__).parent
FACES = HERE / "fonts"


def pdf_of(template: str, *, data: dict[str, Any], now: datetime) -> bytes:
    """The PDF of `template` ("cards.typ") with `data`, as it will read it under `sys.inputs.data`."""
    # A compiler of its own: one that is shared would keep the data of this patient for the next.
    compiler = Compiler(_template(template), font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
        timestamp=now.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"Typst made {type(made)}, not one PDF")
    return made


@lru_cache(maxsize=8)
def _template(name: str) -> bytes:
    return (HERE / name).read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    """Ours only: what the machine happens to have must not decide how a name is set."""
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FACES)])
