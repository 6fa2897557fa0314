"""Partners' programs for tests: registered, let in, and with a token in the hand."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.utils import timezone

from core.tenancy.scope import PracticeRef
from tenants.hosts import host_of, url_of
from tenants.models import PartnerApplication, PartnerGrant, Person
from tenants.partners.scopes import Scope
from tests.cast import email
from tests.tenants import partners

EVERYTHING = tuple(Scope)


@dataclass
class Program:
    """A partner's program as its own engineers hold it."""

    application: PartnerApplication
    secret: str

    def let_in(self, practice: PracticeRef, scopes: Iterable[str] = EVERYTHING, *, by: str = "Olivia") -> PartnerGrant:
        owner = Person.objects.get(email=email(by))
        return partners.let_in(self.application, practice, owner, scopes=scopes, now=timezone.now())

    def ask_token(self, resource: str | list[str] = "", scope: str = "", **more: Any) -> Any:
        """The answer of the token endpoint."""
        form = {"grant_type": "client_credentials", "resource": resource, "scope": scope, **more.pop("form", {})}
        packed = b64encode(f"{self.application.client_id}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {packed}", **more.pop("headers", {})}
        return post_form(form, headers=headers, **more)

    def token(self, practice: PracticeRef, scopes: Iterable[str] = EVERYTHING) -> str:
        answer = self.ask_token(resource_of(practice), " ".join(scopes))
        assert answer.status_code == 200, answer.content
        return str(answer.json()["access_token"])


def post_form(form: dict[str, Any], *, headers: dict[str, str], query: str = "") -> Any:
    return Client(SERVER_NAME=settings.NETWORK_HOST).post(
        f"/api/token/{query}",
        urlencode({key: value for key, value in form.items() if value}, doseq=True),
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def registered(name: str = "Harbor Records", scopes: Iterable[str] = EVERYTHING) -> Program:
    return Program(*partners.registered(timezone.now(), name=name, scopes=scopes))


def resource_of(practice: PracticeRef) -> str:
    return url_of(practice.slug, "/api/v1/")


def client_of(token: str | None, *, at: PracticeRef) -> Client:
    """A program's client at a practice's host; None: without a token."""
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
    return Client(SERVER_NAME=host_of(at.slug), **bearer)
