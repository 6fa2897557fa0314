"""What a person says of a file is refused, with its field, where it cannot be; nothing is checked or written."""

import pytest

from core.errors import DomainError
from core.ids import uuid7
from loyalty.intake.choose_reading import Reading, choose_reading
from loyalty.models import Import

THREE = "Name,Email,Phone\nAna Hall,ana@example.com,503 555 0148\n"
NAMED = ["full_name", "email", "phone"]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"mapping": ["", "email", "phone"]}, "name_unmapped", "mapping"),
        ({"mapping": ["full_name", "full_name", ""]}, "column_twice", "mapping"),
        ({"mapping": ["full_name", "email"]}, "columns_changed", "mapping"),
        ({"mapping": ["full_name", "pigeon", ""]}, "columns_changed", "mapping"),
        ({"mapping": ["full_name", "external_id", ""], "known_as": " "}, "system_missing", "known_as"),
        ({"mapping": NAMED, "known_as": "x" * 61}, "system_long", "known_as"),
        ({"mapping": NAMED, "date_order": "ymd"}, "order_unknown", "date_order"),
        ({"mapping": NAMED, "location_id": uuid7()}, "location_missing", "location"),
    ],
)
def test_columns_that_cannot_be_are_refused_with_their_field(bring, said, code, field):
    of = bring.upload(THREE)
    with pytest.raises(DomainError) as refused:
        bring.check(of, **said)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Import.objects.get().state == "asking"


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (["full_name", "email", "phone"], "day_unmapped"),
        (["full_name", "day", "service"], "patient_unmapped"),
        (["day", "email", "phone"], "patient_unmapped"),
    ],
)
def test_a_visit_needs_a_day_and_somebody_whose_it_is(bring, mapping, code):
    of = bring.upload(THREE, kind="visits")
    with pytest.raises(DomainError) as refused:
        bring.check(of, mapping=mapping)
    assert (refused.value.code, refused.value.field) == (code, "mapping")


def test_columns_wait_until_it_is_said_how_the_file_is_read(bring):
    of = bring.upload(THREE)
    for still_open in ({"asks": ["separator"]}, {"asks": [], "header_row": None}):
        Import.objects.filter(id=of.id).update(**still_open)
        with pytest.raises(DomainError) as refused:
            bring.check(of, mapping=NAMED)
        assert refused.value.code == "reading_open"


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "pets"), ("encoding", "klingon"), ("separator", "x"), ("header_row", 99)]
)
def test_a_reading_that_cannot_be_is_refused_with_its_field(bring, field, value):
    of = bring.upload(THREE)
    with pytest.raises(DomainError) as refused:
        choose_reading(import_id=of.id, reading=Reading(**{field: value}))
    assert refused.value.field == field
