"""The two servers of one installation, embedded or external, and the environment that leads to them."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.launch.embedded import embedded_broker, embedded_database, embedded_place
from infra.launch.errors import told_for
from infra.launch.external import external_broker, external_database
from infra.launch.folder import only_launcher, prepare
from infra.launch.keys import Keys, write_private
from infra.launch.process import Child

CONNECTION_FILE = "connection.env"


@dataclass(kw_only=True)
class Servers:
    """Running servers. They stop by `stop()`, at the end of the `with` block, or when their launcher dies."""

    data: Path
    database_url: str
    owner_url: str
    broker_url: str
    secret_key: str
    encryption_keys: str
    # The superuser's address, only where the server is our own.
    admin_conninfo: str | None
    # What we started and must watch; empty when both servers are external.
    children: tuple[Child, ...]
    # Sentences to show to whoever launched.
    notes: tuple[str, ...] = ()
    _ending: ExitStack = field(default_factory=ExitStack, repr=False)

    def environment(self) -> dict[str, str]:
        """The variables that Django's settings read. Servers of our own hold a demo network unless DEMO says not."""
        demo = {"DEMO": os.environ.get("DEMO") or "1"} if self.admin_conninfo else {}
        return {
            **demo,
            "DATA": str(self.data),
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "BROKER_URL": self.broker_url,
            "SECRET_KEY": self.secret_key,
            "ENCRYPTION_KEYS": self.encryption_keys,
        }

    def stop(self) -> None:
        """Stop what was started, drop the lock and remove DATA/connection.env. A second call does nothing."""
        self._ending.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(data: Path, *, ephemeral: bool = False) -> Servers:
    """Start PostgreSQL and Valkey on free loopback ports, with their files below `data`.

    DATABASE_URL, DATABASE_OWNER_URL, BROKER_URL, SECRET_KEY and ENCRYPTION_KEYS in the environment are used instead
    of our own.
    `ephemeral` ignores them: the servers are fast, unsafe against power cuts, and their files go when they stop.
    Raises LaunchError with one paragraph that names the mend. Call it from a thread that outlives the servers.
    """
    environment: Mapping[str, str] = {} if ephemeral else os.environ
    data = prepare(data)
    with ExitStack() as stack, told_for(data):
        stack.enter_context(only_launcher(data))
        keys = Keys.fresh() if ephemeral else Keys.kept_in(data / "secrets.json")
        place = cache(lambda: stack.enter_context(embedded_place(data, ephemeral=ephemeral)))
        broker = external_broker(environment=environment)
        database = external_database(environment=environment, keys=keys)
        if database is None:
            database = stack.enter_context(embedded_database(place(), keys=keys))
        if broker is None:
            broker = stack.enter_context(embedded_broker(place(), keys=keys))
        servers = Servers(
            data=data,
            database_url=database.app_url,
            owner_url=database.owner_url,
            broker_url=broker.url,
            secret_key=environment.get("SECRET_KEY") or keys.secret_key,
            encryption_keys=environment.get("ENCRYPTION_KEYS") or keys.encryption_key,
            admin_conninfo=database.admin_conninfo,
            children=tuple(child for child in (database.child, broker.child) if child is not None),
            notes=database.notes,
        )
        written = data / CONNECTION_FILE
        stack.callback(written.unlink, missing_ok=True)
        write_private(written, "".join(f"{key}={value}\n" for key, value in servers.environment().items()))
        servers._ending = stack.pop_all()
        return servers
