"""What others hear: reviews in public, and patients who send somebody."""

from loyalty.metrics.definition import Better, Definition, Kind, Source, Unit

WORD_OF_MOUTH = (
    Definition(
        key="review_rate",
        version=1,
        name="Public reviews for 100 asked",
        sentence="How many public reviews there were for every 100 patients who were asked for one.",
        formula="100 × public reviews posted in the window ÷ requests for a review delivered in it",
        unit=Unit.PER_HUNDRED,
        better=Better.HIGHER,
        kind=Kind.RATE,
        source=Source.REVIEWS,
        precision=1,
    ),
    Definition(
        key="review_rating",
        version=1,
        name="Public rating",
        sentence="How many of five stars you get in public, on average.",
        formula="mean of the ratings, 1 to 5, of public reviews posted in the window",
        unit=Unit.RATING,
        better=Better.HIGHER,
        kind=Kind.MEAN,
        source=Source.REVIEWS,
        precision=0.1,
        low=1,
        high=5,
    ),
    Definition(
        key="referral_rate",
        version=1,
        name="Sent by somebody",
        sentence="How many new patients came because somebody sent them.",
        formula="new patients with a recorded referrer ÷ new patients",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.PROPORTION_PATIENT,
        source=Source.REFERRALS,
        precision=1,
        high=100,
    ),
)
