"""A patient of Aurora's who signs that their words may be published."""

from collections.abc import Callable
from typing import Any

import pytest

from loyalty.models import Patient, Testimonial
from loyalty.testimonials.agree import agree


@pytest.fixture
def patient(make_patient) -> Patient:
    return make_patient("Marguerite Ellison")


@pytest.fixture
def sign(patient, now) -> Callable[..., Testimonial]:
    """sign(): Marguerite agrees to "Kind people.", by her first name. Any argument of agree() can be another."""

    def signed(someone: Patient | None = None, **fields: Any) -> Testimonial:
        usual = {
            "patient_id": (someone or patient).id,
            "feedback_id": None,
            "words": "Kind people.",
            "rating": 9,
            "said_on": now.date(),
            "shown_as": "first_name",
            "insider": "none",
            "source": "signed the form",
            "by_person_id": None,
            "today": now.date(),
            "now": now,
        }
        return agree(**{**usual, **fields})

    return signed
