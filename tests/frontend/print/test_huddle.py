"""The morning's sheet on paper."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from core.ids import uuid7
from frontend.print.faces import ON_SCREEN
from frontend.print.huddle import huddle_pdf
from loyalty.occasions.upcoming import OccasionItem
from loyalty.today.huddle import Huddle, HuddleVisit
from loyalty.today.places import Place
from loyalty.visits.brief import Brief, BriefLine
from loyalty.visits.tags import Tag

VISIT = HuddleVisit(
    patient_id=uuid7(),
    time="9:15 am",
    name="Nguyễn Thị Hồng",
    service="Chemical peel",
    staff="Dr. Sato",
    tags=(Tag("good", "New patient"),),
    brief=Brief(remember=(BriefLine("Oat milk.", "Memory"),), say=(), take_care=(BriefLine("Faints.", "Memory"),)),
)
SHEET = Huddle(
    location=Place(uuid7(), "Pearl District", "America/Los_Angeles"),
    places=(),
    day=date(2026, 11, 23),
    is_today=True,
    visits=(VISIT,),
    occasions=(),
    recoveries=1,
    calls=2,
    notes=1,
)


def read(sheet, now):
    document = PdfReader(io.BytesIO(huddle_pdf(sheet, practice="Aurora", now=now)))
    return document, " ".join(" ".join(page.extract_text().split()) for page in document.pages)


def test_it_says_who_comes_and_what_to_know(now):
    _, text = read(SHEET, now)
    for words in ("Monday, November 23", "9:15 am", "Nguyễn Thị Hồng", "Chemical peel with Dr. Sato", "Oat milk."):
        assert words in text
    assert "1 recovery to close the loop on, 2 calls to make, 1 note to write" in text


def test_it_is_tagged_and_says_its_language(now):
    document, _ = read(SHEET, now)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert document.metadata.title == "Huddle, Monday, November 23"


@pytest.mark.parametrize("name", ["王小明", "שרה", "#set page()", "Anna 🌸"])
def test_a_name_is_set_right_or_left_to_the_screen(now, name):
    _, text = read(replace(SHEET, visits=(replace(VISIT, name=name),)), now)
    assert (name in text) != (ON_SCREEN in text)


def test_a_day_without_visits_and_one_with_many_make_a_sheet(now):
    assert "Nobody is booked." in read(replace(SHEET, visits=()), now)[1]
    days = (OccasionItem(patient_id=uuid7(), name="Ivy Bishara", what="40th birthday"),)
    document, text = read(replace(SHEET, visits=(VISIT,) * 40, occasions=days), now)
    assert len(document.pages) > 1
    assert "Ivy Bishara: 40th birthday" in text
