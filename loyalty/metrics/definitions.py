"""The metrics there are. A new one is a new entry here, and a new column of sums in the query."""

from dataclasses import replace

from loyalty.metrics.definition import Better, Definition, Kind, Source, Unit

RETURN_DAYS = 180
NOTE_DAYS = 2
ANSWER_DAYS = 14

_ALL = (
    Definition(
        key="nps",
        version=1,
        name="Net promoter score",
        sentence="Of 100 answers, how many more would gladly recommend you than would not.",
        formula="percentage of answers of 9 or 10, minus percentage of answers of 0 to 6",
        unit=Unit.SCORE,
        better=Better.HIGHER,
        kind=Kind.NPS,
        source=Source.ANSWERS,
        precision=1,
        low=-100,
        high=100,
    ),
    Definition(
        key="return_rate_180",
        version=1,
        name="Back within 180 days",
        sentence="How many patients came back within 180 days of their first visit of the window.",
        formula="patients whose next visit came at most 180 days after their first visit in the window ÷ such patients",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.VISITS,
        precision=1,
        high=100,
        look_ahead_days=RETURN_DAYS,
    ),
    Definition(
        key="rebooking_rate",
        version=1,
        name="Left with a next visit",
        sentence="How often a visiting patient left with a future appointment.",
        formula="visits with a later appointment booked by the end of that day ÷ completed visits",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_VISIT,
        source=Source.BOOKINGS,
        precision=1,
        high=100,
    ),
    Definition(
        key="note_coverage",
        version=1,
        name="Thanked by hand within 48 hours",
        sentence="How many visits were followed by a handwritten note within 48 hours.",
        formula="completed visits with a note written within 48 hours ÷ completed visits",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_VISIT,
        source=Source.NOTES,
        precision=1,
        high=100,
        look_ahead_days=NOTE_DAYS,
    ),
    Definition(
        key="note_hours",
        version=1,
        name="Hours until the note is written",
        sentence="Half of the handwritten notes were written within this many hours of the visit.",
        formula="median of the hours from a visit to its note, of notes written in the window",
        unit=Unit.HOURS,
        better=Better.LOWER,
        kind=Kind.MEDIAN,
        source=Source.NOTES,
        precision=1,
    ),
    Definition(
        key="feedback_response_rate",
        version=1,
        name="Feedback answered",
        sentence="How many of the patients who were asked for private feedback gave it.",
        formula=f"visits answered within {ANSWER_DAYS} days of being asked ÷ visits after which the patient was asked",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_VISIT,
        source=Source.ASKS,
        precision=1,
        high=100,
        look_ahead_days=ANSWER_DAYS,
    ),
    Definition(
        key="active_patients",
        version=1,
        name="Active patients",
        sentence="How many people visited in the window.",
        formula="patients with a completed visit in the window",
        unit=Unit.COUNT,
        better=Better.NEITHER,
        kind=Kind.COUNT,
        source=Source.VISITS,
        precision=10,
    ),
    Definition(
        key="visits",
        version=1,
        name="Visits",
        sentence="How many visits there were in the window; several on one day count once.",
        formula="days with at least one completed visit, counted for each patient",
        unit=Unit.COUNT,
        better=Better.NEITHER,
        kind=Kind.COUNT,
        source=Source.VISITS,
        precision=10,
    ),
)

# Answers given at the kiosk and by link are reported together, and apart: who answers, and how, differs too much to mix
# them unseen. The network compares them together only.
_APART = tuple(
    replace(
        definition,
        key=f"{definition.key}_{mode}",
        name=f"{definition.name}, {words}",
        sentence=f"{definition.sentence.removesuffix('.')}, {words} only.",
        released=False,
    )
    for definition in _ALL
    if definition.source in (Source.ANSWERS, Source.ASKS)
    for mode, words in (("kiosk", "checkout tablet"), ("link", "link"))
)

DEFINITIONS: dict[str, Definition] = {definition.key: definition for definition in (*_ALL, *_APART)}
RELEASED: tuple[Definition, ...] = tuple(definition for definition in DEFINITIONS.values() if definition.released)
