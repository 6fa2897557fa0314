"""The texts: whole, marked for review, and never edited once they were asked for."""

import pytest

from tenants.agreements import CURRENT
from tenants.agreements.current import FOLDER
from tenants.agreements.document import sha256_of
from tenants.models import Document

# What was accepted must be found again: a correction is a new file with the next version, and a line here.
WRITTEN = {
    "business_associate-1.txt": "2c16bd515d8c73136d5787e8a78cfbaf59e8b8749358e8c3bc4ef4662943ed06",
    "data_aggregation-1.txt": "c731a3a9fb87d8ed196fb3a226e268cd5209d35855e4fa9b22285eb2f82c941e",
    "terms-1.txt": "a6ff6a042c4393779fa1e0eb4d5d0956eef72468204cb8d070e34c2c7eb83064",
}


def test_no_text_was_edited():
    assert {path.name: sha256_of(path.read_text()) for path in FOLDER.glob("*.txt")} == WRITTEN


def test_there_is_one_for_every_document():
    assert list(CURRENT) == list(Document)


@pytest.mark.parametrize("document", Document)
def test_each_says_that_counsel_has_to_review_it(document):
    assert CURRENT[document].wording.startswith("Draft for review by the network's counsel.")


def test_subprocessors_are_listed_with_their_agreements():
    text = CURRENT[Document.BUSINESS_ASSOCIATE].wording
    part = text.partition("## Subprocessors")[2].partition("## ")[0]
    assert "has an agreement with at least the same restrictions with each subprocessor" in part
    for kind in ("Hosting", "Mail delivery", "Text and voice delivery", "Error reporting", "Payment"):
        assert f"- {kind}: " in part


def test_the_fee_is_stated():
    assert "at most 3 percent" in CURRENT[Document.TERMS].wording


def test_a_page_shows_headings_lists_and_paragraphs():
    blocks = CURRENT[Document.TERMS].blocks
    assert {block.kind for block in blocks} == {"heading", "list", "paragraph"}
    assert not any(line.startswith(("#", "- ")) for block in blocks for line in block.lines)
