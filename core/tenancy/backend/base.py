"""The database backend: search_path and role together, failing closed.

A subclass of django-tenants' backend, because that one
 - swallows errors of SET search_path and goes on with whatever path the connection had,
 - knows no roles,
 - lets psycopg use the simple protocol, in which an injected `; SET ROLE other` runs.
"""

from typing import Any

import psycopg
from django.db import DatabaseError
from django.db.backends.postgresql.base import Cursor
from django_tenants.postgresql_backend import base as django_tenants_base
from psycopg.pq import ExecStatus, Format, TransactionStatus

from core.tenancy.names import PUBLIC, checked

# What a pooled connection looks like between two users: no role, and a path on which no table of ours is found.
LEFT = b"RESET ROLE; SET search_path = pg_catalog"


class CannotEnterPractice(DatabaseError):
    """The database refused the path or the role. Nothing else was sent."""


class ExtendedCursor(Cursor):
    """Sends each statement by the extended protocol, which carries exactly one statement: none can be stacked on it."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        if self.format == Format.BINARY:  # type: ignore[attr-defined]
            # psycopg refuses it to cursors that fill in parameters themselves, because of the simple protocol.
            self._query = query
            self._pgconn.send_query_params(query.query, None, result_format=Format.BINARY)  # type: ignore[attr-defined]
        else:
            super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]


def leave(connection: psycopg.Connection[Any]) -> None:
    """Before a connection goes back to its pool: without the last user's practice, or closed if that fails."""
    try:
        # First, because a rollback would undo the leaving.
        connection.rollback()
        left = connection.pgconn.exec_(LEFT).status == ExecStatus.COMMAND_OK
    except psycopg.Error:
        left = False
    if not left:
        # The pool throws a closed connection away.
        connection.close()


class DatabaseWrapper(django_tenants_base.DatabaseWrapper):
    """`settings_dict["PRACTICE_ROLES"]`: True for the application's login; False for the owner that migrates."""

    search_path_set_schemas: tuple[str, bool] | None

    @property
    def _uses_roles(self) -> bool:
        return bool(self.settings_dict.get("PRACTICE_ROLES", True))

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self._uses_roles:
            params["cursor_factory"] = ExtendedCursor
        return params

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Note the practice for the next statement. Compared by value there, so a repeated entry costs nothing."""
        self.tenant = tenant
        self.schema_name = tenant.schema_name
        self.include_public_schema = include_public
        self.set_settings_schema(self.schema_name)

    def _close(self) -> None:
        # Not by the pool's own reset: that runs in the pool's thread, so whoever asks next finds the connection still
        # away and opens one more, whose backend must read every practice's catalog again.
        if self.connection is not None and self.pool:
            leave(self.connection)
        super()._close()

    def _handle_search_path(self, cursor: Any = None) -> None:
        wanted = (self.schema_name, self.include_public_schema)
        if self.search_path_set_schemas == wanted:
            return
        pgconn = self.connection.pgconn
        status = pgconn.transaction_status
        if status == TransactionStatus.INERROR:
            # PostgreSQL refuses everything but a rollback now, and a rollback undoes the path: set it afterwards.
            self.search_path_set_schemas = None
            return
        command = self._entry_command()
        if not self.connection.autocommit and status == TransactionStatus.IDLE:
            # psycopg opens the transaction with its next statement; ours comes first and must be inside it.
            command = "BEGIN; " + command
        self.search_path_set_schemas = None
        result = pgconn.exec_(command.encode())
        if result.status != ExecStatus.COMMAND_OK:
            message = result.error_message.decode(errors="replace").strip()
            raise CannotEnterPractice(f"could not enter schema {self.schema_name}: {message}")
        self.search_path_set_schemas = wanted

    def _entry_command(self) -> str:
        if self.schema_name == PUBLIC:
            return "RESET ROLE; SET search_path = public" if self._uses_roles else "SET search_path = public"
        schema = checked(self.schema_name)
        path = f'SET search_path = "{schema}"' + (", public" if self.include_public_schema else "")
        return f'{path}; SET ROLE "{schema}"' if self._uses_roles else path
