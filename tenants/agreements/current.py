"""The texts as they are asked for today. A text is never edited: a correction is a new file with the next version."""

from datetime import date
from pathlib import Path

from tenants.agreements.document import Text
from tenants.models import Document

FOLDER = Path(__file__).parent / "texts"

# Without both of them nobody works with patients.
REQUIRED = (Document.TERMS, Document.BUSINESS_ASSOCIATE)


def _read(document: Document, version: int, since: date, *, changes: str = "") -> Text:
    wording = (FOLDER / f"{document.value}-{version}.txt").read_text(encoding="utf-8")
    return Text(document=document, version=version, since=since, wording=wording, changes=changes)


CURRENT: dict[Document, Text] = {
    text.document: text
    for text in (
        _read(Document.TERMS, 1, date(2026, 11, 28)),
        _read(Document.BUSINESS_ASSOCIATE, 1, date(2026, 11, 28)),
        _read(Document.DATA_AGGREGATION, 1, date(2026, 11, 28)),
    )
}
