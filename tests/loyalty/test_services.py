"""The catalogue of treatments: added, changed, retired, offered again."""

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Service
from loyalty.services.catalogue import add_service, change_service, restore_service, retire_service
from loyalty.services.listed import services

WORDS = {"name": "Peel", "preview": "Red for a day.\nNo sun.", "aftercare": "", "return_days": 90, "minutes": 45}


def test_it_is_kept_as_it_was_written(in_aurora):
    service = Service.objects.get(id=add_service(**WORDS).id)
    assert {name: getattr(service, name) for name in WORDS} == WORDS
    assert (service.version, service.is_active) == (1, True)
    assert Entry.objects.get(verb="service.added").subject_id == service.id


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "​"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"return_days": 0}, "return_days"),
        ({"return_days": 3651}, "return_days"),
        ({"preview": "x" * 4001}, "preview"),
        ({"aftercare": "bell \a"}, "aftercare"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(in_aurora, given, field):
    with pytest.raises(DomainError) as refused:
        add_service(**{**WORDS, **given})
    assert refused.value.field == field
    assert not Service.objects.exists()


def test_a_name_is_offered_once_but_may_come_back_after_retirement(in_aurora):
    first = add_service(**WORDS)
    with pytest.raises(Conflict):
        add_service(**{**WORDS, "name": "PEEL"})
    retire_service(service_id=first.id)
    second = add_service(**WORDS)
    with pytest.raises(Conflict):
        restore_service(service_id=first.id)
    retire_service(service_id=second.id)
    assert restore_service(service_id=first.id).is_active


def test_of_two_who_change_it_the_second_is_told_and_nothing_is_lost(in_aurora):
    service = add_service(**WORDS)
    change_service(service_id=service.id, version=1, **{**WORDS, "preview": "Mine"})
    with pytest.raises(Conflict, match="Somebody changed this service"):
        change_service(service_id=service.id, version=1, **{**WORDS, "preview": "Theirs"})
    service.refresh_from_db()
    assert (service.preview, service.version) == ("Mine", 2)
    assert change_service(service_id=service.id, version=2, **{**WORDS, "preview": "Theirs"}).preview == "Theirs"


def test_a_retired_one_keeps_its_visits_and_cannot_be_booked(booked, service, now):
    booked()
    retire_service(service_id=service.id)
    (listed,) = services(now=now)
    assert (listed.ahead, listed.is_active) == (1, False)
    with pytest.raises(NotFound):
        booked(starts_at=now.replace(day=29))
    with pytest.raises(Conflict, match="was retired already"):
        retire_service(service_id=service.id)


def test_what_is_not_there_is_not_found(in_aurora):
    for verb in (retire_service, restore_service):
        with pytest.raises(NotFound):
            verb(service_id=uuid7())
    with pytest.raises(NotFound):
        change_service(service_id=uuid7(), version=1, **WORDS)


def test_the_list_takes_one_query(booked, in_aurora, now, django_assert_num_queries):
    booked()
    add_service(**{**WORDS, "name": "Another"})
    with django_assert_num_queries(1):
        found = services(now=now)
    assert [(one.name, one.ahead, one.has_preview) for one in found] == [
        ("Another", 0, True),
        ("Chemical peel", 1, True),
    ]
