"""The monthly report of a practice: one page, for whoever leads it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from frontend.charts.axis import axis_around
from frontend.charts.bands import band_word
from frontend.charts.numbers import at_least, change, figure, interval
from frontend.charts.sparkline import sparkline
from frontend.charts.strip import strip
from frontend.print.benchmarks import BY_HAND, strip_data
from frontend.print.faces import BODONI, HANKEN, NOTO_SANS, SANS, SERIF, face_for, settable
from frontend.print.typeset import pdf_of
from frontend.templatetags.times import full_day
from frontend.templatetags.times import month as month_words
from loyalty.benchmarks.position import Band
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Better, Definition, Unit
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.reports.content import Change, Content, Headline

# Habit → what to try: a few words, and how to begin with it.
TRY: Mapping[str, tuple[str, str]] = {
    "preview_coverage": (
        "Call before the visit",
        "Take the calls of the next two days every morning at the same time, ten minutes, one person. Say what to"
        " expect, how long it takes, and what it feels like after.",
    ),
    "note_coverage": (
        "Write the note the same day",
        "Put cards and a pen where the last patient leaves. Whoever treated writes two lines about the person, never"
        " about the treatment, before going home.",
    ),
    "occasion_coverage": (
        "Keep the personal days",
        "Open Occasions on Monday and settle who calls or writes to whom this week. A minute on the phone is enough.",
    ),
    "feedback_response_rate": (
        "Ask at checkout, with the tablet in hand",
        "Hand it over with one sentence: “Would you tell us how it was? It stays with us.” People answer when a person"
        " asks.",
    ),
    "recovery_rate": (
        "Close the loop with whoever was unhappy",
        "Call within a day, listen first, say what you will change, and tell them when it is done.",
    ),
}
READING = (
    "Beside each figure: its 95 percent interval and n. Below n = 30 it is uncertain. The bars hold the middle half and"
    " the middle 80 percent of the practices, the line is the median, the diamond is you; better is to the right."
)


def report_pdf(content: Content, *, practice: str, month: date, made: date, now: datetime) -> bytes:
    """month: the one that the figures end with. made: the day the report is of."""
    name, heading = settable(practice), f"{month:%B} at {settable(practice)}"
    serif = face_for(heading, faces=SERIF)
    if serif is None or face_for(name, faces=SANS) is None:
        # In a script that our fonts do not set: whoever reads it knows where they work.
        name, heading, serif = BY_HAND, f"Your {month:%B}", BODONI
    title, how = TRY.get(content.weakest, ("", ""))
    data = {
        "title": f"{name}, {month_words(month)}",
        "author": name,
        "sans": [HANKEN, NOTO_SANS],
        "serif": serif,
        "eyebrow": f"Monthly report. 12 months to {month_words(month)}",
        "heading": heading,
        "summary": _summary(content),
        "cards": [_card(one) for one in content.headlines if one.key in DEFINITIONS],
        "better": [_changed(one) for one in content.better if one.key in DEFINITIONS],
        "worse": [_changed(one) for one in content.worse if one.key in DEFINITIONS],
        "try_title": title,
        "try_why": _why(content),
        "try_how": how,
        "reading": READING,
        "footer": f"{name}. Made on {full_day(made)}. Your own figures: for you alone.",
    }
    return pdf_of("report.typ", data=data, now=now)


def _summary(content: Content) -> str:
    """One sentence for whoever reads one sentence."""
    placed = [one for one in content.headlines if one.band and one.key in DEFINITIONS]
    if not placed:
        return "Your own figures. Where you stand shows once the network releases figures beside them."
    tones = [band_word(Band[one.band], DEFINITIONS[one.key].better).tone for one in placed]
    high, low = tones.count("good"), tones.count("low")
    first = f"{_number(high).capitalize()} of {_number(len(placed))} figures {_is(high)} in the network’s top quarter"
    return f"{first}, {_number(low)} in its lower quarter."


def _number(count: int) -> str:
    return ("none", "one", "two", "three", "four", "five", "six")[count]


def _is(count: int) -> str:
    return "are" if count > 1 else "is"


def _card(headline: Headline) -> dict[str, Any]:
    definition = DEFINITIONS[headline.key]
    unit = definition.unit
    known = sum(value is not None for value in headline.trend)
    line = sparkline(name=definition.name, unit=unit, you=headline.trend) if known > 1 else None
    high = headline.high if headline.high is not None else float("inf")
    return {
        "name": definition.name,
        "value": figure(headline.value, unit),
        "sure": f"{interval(headline.low, high, unit)}, n = {figure(headline.n, Unit.COUNT)}",
        "uncertain": headline.uncertain,
        "line": [[_point(pair) for pair in run.split(" ")] for run in line.you] if line else [],
        "line_says": line.sentence if line else "",
        **_network(headline, definition),
    }


def _network(headline: Headline, definition: Definition) -> dict[str, Any]:
    if headline.quantiles is None or not headline.band or headline.practices is None:
        return {"strip": None, "word": "No network figure this month"}
    quantiles, band = Quantiles(*headline.quantiles), Band[headline.band]
    drawn = strip(
        name=definition.name,
        unit=definition.unit,
        better=definition.better,
        quantiles=quantiles,
        practices=headline.practices,
        axis=axis_around(
            quantiles, low=definition.low, high=definition.high, lower_is_better=definition.better is Better.LOWER
        ),
        you=headline.value,
        band=band,
    )
    word = band_word(band, definition.better).word
    return {"strip": strip_data(drawn), "word": f"{word} of {at_least(headline.practices)} practices"}


def _point(pair: str) -> list[float]:
    x, y = pair.split(",")
    return [float(x), float(y)]


def _changed(found: Change) -> dict[str, str]:
    definition = DEFINITIONS[found.key]
    by = change(found.now - found.before, definition.unit)
    more = "up" if found.now > found.before else "down"
    before, now = figure(found.before, definition.unit), figure(found.now, definition.unit)
    return {"name": definition.name, "words": f"{more} {by}, from {before} to {now}"}


def _why(content: Content) -> str:
    definition = DEFINITIONS.get(content.weakest)
    if definition is None:
        return ""
    if content.weakest_value is None:
        return f"{definition.name}: nothing is recorded yet, so this is where most can be won."
    value = figure(content.weakest_value, definition.unit)
    return f"{definition.name} stands at {value}. Of the habits it is the one with the most room."
