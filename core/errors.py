"""Typed errors of the domain. An action raises one; each face (portal, API, job) turns it into its own answer."""


class DomainError(Exception):
    """Something the user asked for cannot be done, and `message` says what to do about it.

    code: stable and machine-readable, e.g. "visit_already_completed".
    message: one or two plain sentences for the person who gets it.
    field: the form field it belongs to, or None for the whole form.
    """

    def __init__(self, code: str, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class NotFound(DomainError):
    """The record does not exist, or the asker must not learn that it does."""


class Conflict(DomainError):
    """Somebody was faster, or the record is no longer in the state the asker saw."""
