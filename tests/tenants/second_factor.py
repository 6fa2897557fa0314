"""Signing in by the forms, a step at a time."""

from django.test import Client
from django.utils import timezone

from tests.apps import code_at
from tests.cast import PASSWORD, email


def type_password(client: Client, first_name: str, password: str = PASSWORD, **where):
    return client.post("/account/login/", {"login": email(first_name), "password": password}, **where)


def type_code(client: Client, code: str | None = None, **where):
    return client.post("/account/code/", {"code": code or code_at(timezone.now())}, **where)
