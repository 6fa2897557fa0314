"""Whether patients come back."""

from loyalty.metrics.definition import Better, Definition, Kind, Source, Unit
from loyalty.metrics.definitions.spans import RETENTION_DAYS, RETURN_DAYS, RETURNS

COMING_BACK = (
    *(
        Definition(
            key=f"return_rate_{days}",
            version=1,
            name=f"Back within {days} days",
            sentence=f"How many patients came back within {days} days of their first visit of the window.",
            formula=f"patients whose next visit came at most {days} days after their first visit in the window ÷ "
            "such patients",
            unit=Unit.PERCENT,
            better=Better.HIGHER,
            kind=Kind.PROPORTION_PATIENT,
            source=Source.VISITS,
            precision=1,
            high=100,
            look_ahead_days=days,
        )
        for days in RETURNS
    ),
    Definition(
        key=f"first_return_rate_{RETURN_DAYS}",
        version=1,
        name="Back after a first visit",
        sentence=f"How many new patients came back within {RETURN_DAYS} days of the first visit of their life here.",
        formula=f"new patients whose second visit came at most {RETURN_DAYS} days after their first-ever one ÷ "
        "new patients",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.VISITS,
        precision=1,
        high=100,
        look_ahead_days=RETURN_DAYS,
    ),
    Definition(
        key="retention",
        version=1,
        name="Retention",
        sentence=f"How many of a year's patients came again in the {RETENTION_DAYS} days after that year.",
        formula=f"patients with a visit in a window of twelve months and another within {RETENTION_DAYS} days after "
        "it ends ÷ patients with a visit in the window",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.VISITS,
        precision=1,
        high=100,
        look_ahead_days=RETENTION_DAYS,
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
        key="drifting_share",
        version=1,
        name="Drifting away",
        sentence="How many active patients should have been back by now and are not.",
        formula="active patients who, as the model said when the month was counted, should have been back by its last "
        "day and had not come ÷ active patients",
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.RHYTHMS,
        precision=1,
        high=100,
        as_found=True,
    ),
)
