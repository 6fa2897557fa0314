"""Entering and leaving a practice. Inside, every statement runs as the practice's role on the practice's schema."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from core.tenancy.backend.base import DatabaseWrapper


class NoPractice(Exception):
    """Work that needs a practice was started outside of one."""


class ScopeInEventLoop(Exception):
    """The scope belongs to a thread's connection; in an event loop it would answer for the wrong practice."""


@dataclass(frozen=True, slots=True)
class PracticeRef:
    """The little of a practice that tenancy needs; cached, passed along, never a database row."""

    id: UUID
    schema_name: str
    slug: str
    name: str


@contextmanager
def practice_scope(practice: PracticeRef) -> Iterator[PracticeRef]:
    """Run the block as `practice`: its search_path and its role, set with the next statement in one round trip."""
    _refuse_event_loop()
    connection = _connection()
    previous = connection.tenant
    connection.set_tenant(practice)
    try:
        yield practice
    finally:
        connection.set_tenant(previous)


@contextmanager
def control_plane() -> Iterator[None]:
    """Run the block outside of any practice: public tables as the application's own login, no practice's schema."""
    _refuse_event_loop()
    connection = _connection()
    previous = connection.tenant
    connection.set_schema_to_public()
    try:
        yield
    finally:
        connection.set_tenant(previous)


def current_practice() -> PracticeRef:
    """The practice this thread works for; raises NoPractice outside of one."""
    tenant = _connection().tenant
    if not isinstance(tenant, PracticeRef):
        raise NoPractice("This work belongs to a practice, and none was entered: wrap it in practice_scope(practice).")
    return tenant


def in_practice() -> bool:
    """Whether this thread works for a practice; otherwise it is control plane."""
    return isinstance(_connection().tenant, PracticeRef)


def _connection() -> "DatabaseWrapper":
    return cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS])


def _refuse_event_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ScopeInEventLoop(
        "Enter a practice from synchronous code only: an event loop shares one thread among requests."
    )
