"""The embedded servers of one data folder, put together: where their files are, the database, the broker."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.launch.account import Account
from infra.launch.address import DATABASE, Broker, Database, login_url
from infra.launch.bootstrap import APP, OWNER, bootstrap
from infra.launch.folder import discard, only_launcher, servers_home
from infra.launch.keys import Keys
from infra.launch.ports import LOOPBACK
from infra.launch.postgres import make_cluster, running_postgres
from infra.launch.programs import find_postgres, find_valkey
from infra.launch.valkey import running_valkey
from infra.launch.versions import notes_on


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where embedded servers keep their files and logs, and the account they run under (None: the launcher's own)."""

    home: Path
    logs: Path
    account: Account | None
    ephemeral: bool


@contextmanager
def embedded_place(data: Path, *, ephemeral: bool) -> Iterator[Place]:
    home, account = servers_home(data, ephemeral=ephemeral)
    try:
        # The home may lie elsewhere, and then a copied data folder leads to the same one.
        with only_launcher(home):
            yield Place(home=home, logs=data / "logs", account=account, ephemeral=ephemeral)
    finally:
        if ephemeral:
            discard(data)


@contextmanager
def embedded_database(place: Place, *, keys: Keys) -> Iterator[Database]:
    programs = find_postgres(account=place.account, home=place.home)
    make_cluster(home=place.home, programs=programs, account=place.account, logs=place.logs, ephemeral=place.ephemeral)
    with running_postgres(
        home=place.home, programs=programs, account=place.account, logs=place.logs, ephemeral=place.ephemeral
    ) as postgres:
        bootstrap(
            admin_conninfo=postgres.admin_conninfo,
            database=DATABASE,
            owner_password=keys.owner_password,
            app_password=keys.app_password,
        )
        address = f"postgresql://{LOOPBACK}:{postgres.port}"
        yield Database(
            child=postgres.child,
            app_url=login_url(address, user=APP, password=keys.app_password, database=DATABASE),
            owner_url=login_url(address, user=OWNER, password=keys.owner_password, database=DATABASE),
            notes=(*notes_on(programs.major), *_note_on_place(place)),
            admin_conninfo=postgres.admin_conninfo,
        )


def _note_on_place(place: Place) -> tuple[str, ...]:
    data = place.logs.parent.resolve()
    if place.ephemeral or place.account is None or place.home.parent == data:
        return ()
    return (
        f"The database lives in {place.home}, because the user {place.account.name}, who runs it for root, cannot "
        f"reach {data}. Back up and delete both together.",
    )


def embedded_broker(place: Place, *, keys: Keys) -> AbstractContextManager[Broker]:
    return running_valkey(
        home=place.home,
        program=find_valkey(account=place.account, home=place.home),
        account=place.account,
        logs=place.logs,
        password=keys.broker_password,
        ephemeral=place.ephemeral,
    )
