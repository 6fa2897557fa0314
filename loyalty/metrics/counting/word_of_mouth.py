"""What others hear: reviews in public, and patients who send somebody."""

from collections.abc import Iterator

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.rolling import rolling_count, rolling_sums


def word_of_mouth(counted: Counted) -> Iterator[Series]:
    yield _review_rate(counted)
    yield _rating(counted)
    yield _referrals(counted)


def _review_rate(counted: Counted) -> Series:
    """Requests count from the first review on file: before, nobody wrote down what was posted."""
    definition, span = DEFINITIONS["review_rate"], counted.span
    asks, reviews = counted.records.invitations, counted.records.reviews
    rows = asks.day >= counted.records.began.review
    sums = rolling_sums(asks.patient[rows], span.slots_of(asks.day[rows]), np.zeros_like(asks.day[rows]), span)
    posted = rolling_count(span.slots_of(reviews.day), span).tolist()
    return definition, [
        figure.rate(definition, events=number, trials=s.trials, patients=s.patients)
        for number, s in zip(posted, sums, strict=True)
    ]


def _rating(counted: Counted) -> Series:
    """Whoever wrote a review that nobody matched to a patient is taken for somebody else each time."""
    definition, span, reviews = DEFINITIONS["review_rating"], counted.span, counted.records.reviews
    rows = reviews.rating > 0
    unknown = reviews.patient == 0
    author = reviews.patient.copy()
    author[unknown] = reviews.patient.max(initial=0) + 1 + np.arange(np.count_nonzero(unknown))
    sums = rolling_sums(author[rows], span.slots_of(reviews.day[rows]), reviews.rating[rows], span)
    return definition, [figure.mean(definition, s) for s in sums]


def _referrals(counted: Counted) -> Series:
    """New patients count from the first referral on file; who came before the practice went live was not asked."""
    days, people = counted.days, counted.records.people
    referred = np.zeros(int(people.patient.max(initial=0)) + 1, dtype=np.bool_)
    referred[people.patient[people.referred]] = True
    rows = counted.first_ever & days.live & (days.day >= counted.records.began.referral)
    return counted.share_of_patients(
        "referral_rate", counted.span.slots_of(days.day[rows]), referred[days.patient[rows]]
    )
