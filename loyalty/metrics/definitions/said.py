"""What patients say when they are asked."""

from dataclasses import replace

from loyalty.metrics.definition import Better, Definition, Kind, Source, Unit
from loyalty.metrics.definitions.spans import ANSWER_DAYS

_TOGETHER = (
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
        key="first_visit_nps",
        version=1,
        name="Net promoter score of first visits",
        sentence="Of 100 answers about a first-ever visit, how many more would gladly recommend you than would not.",
        formula="percentage of answers of 9 or 10, minus percentage of answers of 0 to 6, of answers about the "
        "patient's first-ever visit",
        unit=Unit.SCORE,
        better=Better.HIGHER,
        kind=Kind.NPS,
        source=Source.ANSWERS,
        precision=1,
        low=-100,
        high=100,
    ),
    Definition(
        key="perceived_value",
        version=1,
        name="Worth what they paid",
        sentence="How often patients said that it was well worth what they paid.",
        formula="answers of 4 or 5 to “Was it worth what you paid?” (1 to 5) ÷ answers to it",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_VISIT,
        source=Source.WORTH,
        precision=1,
        high=100,
    ),
    Definition(
        key="consistency",
        version=1,
        name="Good every time",
        sentence="How many patients were delighted three times in a row.",
        formula="patients whose last three answers of the window are all 9 or 10 ÷ patients with three answers in it",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.ANSWERS,
        precision=1,
        high=100,
    ),
    Definition(
        key="exclusive_share",
        version=1,
        name="Go nowhere else",
        sentence="How many patients say that they come to you only.",
        formula="patients who say they go nowhere else ÷ patients who said whether they do, by their last answer",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.ELSEWHERE,
        precision=1,
        high=100,
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
    for definition in _TOGETHER
    for mode, words in (("kiosk", "checkout tablet"), ("link", "link"))
)

SAID = (*_TOGETHER, *_APART)
