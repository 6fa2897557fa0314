import pytest
from django.test import Client

from tenants import hosts
from tenants.models import Domain


def test_a_host_leads_to_its_practice(aurora):
    assert hosts.practice_of("aurora.perennial.localhost") == aurora


def test_the_second_look_asks_nothing(aurora, django_assert_num_queries):
    hosts.practice_of("aurora.perennial.localhost")
    with django_assert_num_queries(0):
        assert hosts.practice_of("aurora.perennial.localhost") == aurora


def test_unknown_hosts_are_remembered_too(db, django_assert_num_queries):
    assert hosts.practice_of("nobody.perennial.localhost") is None
    with django_assert_num_queries(0):
        assert hosts.practice_of("nobody.perennial.localhost") is None


def test_a_flood_of_made_up_hosts_does_not_fill_the_memory(db, monkeypatch):
    monkeypatch.setattr(hosts, "_MOST", 5)
    for number in range(20):
        hosts.practice_of(f"x{number}.perennial.localhost")
    assert len(hosts._cache) <= 6


def test_an_answer_is_asked_again_after_a_while(aurora, monkeypatch):
    hosts.practice_of("aurora.perennial.localhost")
    Domain.objects.filter(domain="aurora.perennial.localhost").delete()
    monkeypatch.setattr(hosts.time, "monotonic", lambda: float("inf"))
    assert hosts.practice_of("aurora.perennial.localhost") is None


@pytest.mark.parametrize("host", ["nobody.perennial.localhost", "a.b.perennial.localhost"])
def test_a_host_that_is_nobodys_is_not_found(db, host):
    assert Client(SERVER_NAME=host).get("/account/login/").status_code == 404


def test_a_foreign_host_is_refused(db):
    assert Client(SERVER_NAME="evil.example.com").get("/").status_code == 400


@pytest.mark.parametrize("host", ["perennial.localhost", "aurora.perennial.localhost", "AURORA.perennial.localhost"])
def test_health_answers_everywhere(aurora, host):
    answer = Client(SERVER_NAME=host).get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})
