"""Where a practice stands as a PDF: the page of the benchmarks, for a meeting or a folder."""

from collections.abc import Sequence
from datetime import date, datetime

from frontend.charts.strip import Strip
from frontend.portal.benchmarks.groups import Group
from frontend.portal.benchmarks.measures import Measure
from frontend.print.faces import HANKEN, NOTO_SANS, SANS, SERIF, face_for, settable
from frontend.print.typeset import pdf_of
from frontend.templatetags.times import full_day, month

READING = (
    "The light bar holds the middle 80 percent of the practices, the darker one the middle half; the line is the"
    " median, the diamond is you. Below n = 30 a figure is uncertain. Small practices scatter more by chance alone, so"
    " there is no ranking. A figure that is not shown names the rule that keeps it back."
)
BY_HAND = "Your practice"


def benchmarks_pdf(
    groups: Sequence[Group], *, practice: str, cohort: str, practices: str, closed: date | None, now: datetime
) -> bytes:
    """practices: "60+", or "" where the network shows none. closed: the last month, None before there is one."""
    name = settable(practice) if face_for(settable(practice), faces=SANS) else BY_HAND
    compared = f"Beside {practices} practices ({cohort.lower()})." if practices else "Your own figures alone."
    window = f"12 months to {month(closed)}" if closed else "No month is closed yet"
    data = {
        "title": f"Where {name} stands. {window}",
        "author": name,
        "sans": [HANKEN, NOTO_SANS],
        "serif": face_for("Where you stand", faces=SERIF),
        "eyebrow": f"{name}. {window}",
        "heading": "Where you stand",
        "lede": f"{compared} Nobody else sees your figures.",
        "footer": f"{name}, {full_day(now.date())}. Your own figures: for you alone.",
        "reading": READING,
        "groups": [{"title": group.title, "rows": [_row(one) for one in group.rows]} for group in groups],
    }
    return pdf_of("benchmarks.typ", data=data, now=now)


def _row(measure: Measure) -> dict[str, object]:
    n = f"n = {measure.n}{', uncertain' if measure.uncertain else ''}"
    return {
        "name": measure.name,
        "you": measure.you or "None yet",
        "sure": f"{measure.interval}, {n}" if measure.you else measure.absent.why if measure.absent else "",
        "strip": strip_data(measure.strip) if measure.strip else None,
        "hidden": f"{measure.hush.title}. {measure.hush.why}" if measure.hush else "",
    }


def strip_data(strip: Strip) -> dict[str, object]:
    """What a template draws a strip from: places in percent of the width, words, and the sentence that it says."""
    spread = strip.spread
    return {
        "most_x": spread.most_x,
        "most_width": spread.most_width,
        "half_x": spread.half_x,
        "half_width": spread.half_width,
        "median_x": spread.median_x,
        "median": spread.median,
        "you_x": strip.you_x,
        "word": strip.word,
        "sentence": strip.sentence,
    }
