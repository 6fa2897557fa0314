"""Address labels on sheets of Avery 5160, from the first free position of a used sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontend.print.faces import HANKEN, SANS, face_for, settable
from frontend.print.typeset import pdf_of

PER_SHEET = 30


@dataclass(frozen=True, slots=True)
class Label:
    """lines: of the address. sender: our own address in small, "" for a plain envelope."""

    lines: tuple[str, ...]
    sender: str


def can_be_set(label: Label) -> bool:
    return face_for(*map(settable, label.lines), faces=SANS) is not None


def labels_pdf(labels: Sequence[Label], *, start: int, practice: str, now: datetime) -> bytes:
    """`start`: 1 to 30, counted row by row. Raises ValueError for another, and for a label that cannot be set."""
    if not 1 <= start <= PER_SHEET:
        raise ValueError(f"a sheet has positions 1 to {PER_SHEET}, not {start}")
    rows = []
    for label in labels:
        lines = [settable(line) for line in label.lines]
        face = face_for(*lines, faces=SANS)
        if face is None:
            raise ValueError("a label in a script that we cannot set")
        sender = settable(label.sender)
        sender_face = face_for(sender, faces=SANS)
        rows.append(
            {
                "lines": lines,
                "sender": sender if sender_face else "",
                "face": face,
                "sender_face": sender_face or HANKEN,
            }
        )
    data = {"title": "Address labels", "author": practice, "start": start, "labels": rows}
    return pdf_of("labels.typ", data=data, now=now)
