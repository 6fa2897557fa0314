"""Pages that say what went wrong stay calm, useful, and ask nothing of what may be broken."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from frontend import errors
from tenants import hosts

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
PAGES += ["practice_suspended.html", "practice_left.html"]


@pytest.mark.parametrize("page", PAGES)
def test_each_says_what_to_do_next_without_knowing_anything(page):
    text = render_to_string(page)
    assert text.count("<h1") == 1
    assert "<li>" in text or 1 <= text.count('class="say') <= 2


def test_a_page_that_is_not_there(sign_in):
    client = sign_in("Frank", at="aurora")
    client.raise_request_exception = False
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


@pytest.mark.django_db
def test_a_host_that_is_nobodys_is_not_found_without_asking_who_is_there():
    answer = Client(SERVER_NAME=hosts.host_of("nobody"), raise_request_exception=False).get("/")
    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


def test_a_session_of_another_place_still_gets_a_page(sign_in):
    client = sign_in("Frank", at="aurora")
    answer = client.get("/", SERVER_NAME=hosts.host_of("borealis"))
    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_a_page_that_was_open_too_long():
    client = Client(SERVER_NAME=hosts.host_of("aurora"), enforce_csrf_checks=True, raise_request_exception=False)
    answer = client.post("/account/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_what_broke_is_not_asked_again():
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
