"""The session engine: one row read with everybody it concerns, and bound to the host that it was made on."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.ids import uuid7
from core.prepared import Prepared
from tenants.models import Session

# In a session that belongs to nobody any more: the practice whose member its person was.
LEFT = "left"

# What counts: recovery codes stand in for a lost factor, they are none.
_FACTORS = Authenticator.objects.filter(user_id=OuterRef("person_id")).exclude(type=Authenticator.Type.RECOVERY_CODES)
_ALONG = {"has_second_factor": Exists(_FACTORS)}
_OF_KEY = Prepared(
    lambda key, now: (
        Session.objects.select_related("person", "membership", "practice")
        .annotate(**_ALONG)
        .filter(session_key=key, expire_date__gt=now)
    ),
    key="the key of a session",
    now=datetime.min.replace(tzinfo=UTC),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where and how somebody signed in: see the fields of tenants.models.Session."""

    signed_in_at: datetime
    practice_id: UUID | None = None
    membership_id: UUID | None = None
    second_factor_at: datetime | None = None
    device: str = ""
    address: str | None = None
    handle: UUID = field(default_factory=uuid7)

    @property
    def ends_at(self) -> datetime:
        """However busy somebody is: counted from the sign-in, not from the last request."""
        return self.signed_in_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)


class SessionStore(DatabaseStore):
    """`stored`: the row with its person, membership and practice, read by the one query that loads the session."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row: Session | None = None
        self._binding: Binding | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def stored(self) -> Session | None:
        """The row as it was read; None for a browser without a session, or whose session has ended."""
        self._get_session()  # type: ignore[attr-defined]
        return self._row

    @property
    def binding(self) -> Binding | None:
        """Where and how its person signed in; None for nobody."""
        self._get_session()  # type: ignore[attr-defined]
        return self._binding

    def bind(self, binding: Binding) -> None:
        """Write with the next save where, and as which member, somebody signed in."""
        self._binding = binding
        self._row = None
        self.modified = True

    def prove_second_factor(self, now: datetime) -> None:
        """Write with the next save that the person has shown a second factor in this session."""
        if self.binding is not None:
            self.bind(replace(self.binding, second_factor_at=now))

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()
        return self.decode(row.session_data) if row else {}

    def create(self) -> None:
        if self._binding is not None:
            # A new key for the same sign-in is a row of its own until the old one is gone.
            self._binding = replace(self._binding, handle=uuid7())
        super().create()

    def flush(self) -> None:
        super().flush()
        self._row = self._binding = None

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = self.create_model_instance(data)
        if must_create:
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError as error:
                # Only a key that is taken is worth another try; whatever else is refused would be refused for ever.
                if self.exists(row.session_key):
                    raise CreateError from error
                raise
        elif not Session.objects.filter(session_key=row.session_key).update(**self._changed(row)):
            # It was ended meanwhile, by its person or because they left: it stays ended.
            raise UpdateError

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=data.get(SESSION_KEY),
        )
        binding = self._binding
        if binding is not None and row.person_id is not None:
            row.expire_date = binding.ends_at
            row.created_at = binding.signed_in_at
            row.practice_id, row.membership_id = binding.practice_id, binding.membership_id
            row.second_factor_at = binding.second_factor_at
            row.device, row.address, row.handle = binding.device, binding.address, binding.handle
        return row

    def _get_session_from_db(self) -> Session | None:
        if self.session_key is None:
            return None
        row: Session | None = _OF_KEY.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
            return None
        self._row = row
        self._binding = _binding_of(row)
        return row

    def _changed(self, row: Session) -> dict[str, Any]:
        """When it was last seen, and whether it is locked, is written as it happens, never from what was read."""
        names = ("session_data", "expire_date", "created_at", "person_id", "practice_id", "membership_id")
        return {name: getattr(row, name) for name in (*names, "second_factor_at", "device", "address", "handle")}


def _binding_of(row: Session) -> Binding | None:
    if row.person_id is None:
        return None
    return Binding(
        signed_in_at=row.created_at,
        practice_id=row.practice_id,
        membership_id=row.membership_id,
        second_factor_at=row.second_factor_at,
        device=row.device,
        address=row.address,
        handle=row.handle,
    )
