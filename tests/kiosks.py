"""Tablets that a test enrolls, and clients that show their token."""

from datetime import datetime

from django.test import Client

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.kiosk.enroll import enroll, invite_tablet
from loyalty.models import Kiosk, Location
from tenants import hosts
from tenants.tablet import cookie_name


def enrolled(*, now: datetime, name: str = "Front desk tablet") -> tuple[Kiosk, str]:
    """Inside a practice: a tablet of its first location, and its token."""
    invited = invite_tablet(name=name, location_id=Location.objects.order_by("created_at", "id")[0].id, now=now)
    return enroll(code=invited.code, device="Safari on iPad", now=now)


def client_of(token: str, *, at: str) -> Client:
    """A browser that holds the token, at the practice with slug `at`."""
    client = Client(SERVER_NAME=hosts.host_of(at))
    client.cookies[cookie_name()] = token
    return client


def tablet_at(place: PracticeRef, *, now: datetime) -> tuple[Kiosk, Client]:
    with practice_scope(place):
        kiosk, token = enrolled(now=now)
    return kiosk, client_of(token, at=place.slug)
