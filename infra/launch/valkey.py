"""Runs the embedded Valkey: loopback only, with a password, its queue kept in an append-only file."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from infra.launch.account import Account
from infra.launch.address import Broker
from infra.launch.errors import LaunchError
from infra.launch.keys import write_private
from infra.launch.leftover import stop_leftover
from infra.launch.ports import LOOPBACK, free_port
from infra.launch.process import Child

START_PATIENCE = 60.0
PORT_ATTEMPTS = 5


@contextmanager
def running_valkey(
    *, home: Path, program: Path, account: Account | None, logs: Path, password: str, ephemeral: bool
) -> Iterator[Broker]:
    """Start the server on a free port; yields once it answers and stops it afterwards."""
    folder = home / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    stop_leftover(pid_file=folder / "valkey.pid", folder=folder, stop_signal=signal.SIGTERM)
    child, port = _started(
        folder=folder, program=program, account=account, logs=logs, password=password, ephemeral=ephemeral
    )
    try:
        yield Broker(url=f"redis://:{password}@{LOOPBACK}:{port}/0", child=child)
    finally:
        child.ask_to_stop()
        child.end(patience=15)


def _started(
    *, folder: Path, program: Path, account: Account | None, logs: Path, password: str, ephemeral: bool
) -> tuple[Child, int]:
    settings = folder / "valkey.conf"
    for _attempt in range(PORT_ATTEMPTS):
        port = free_port()
        # In a file and not on the command line, where every user of the machine could read the password.
        write_private(settings, _settings(port=port, password=password, ephemeral=ephemeral))
        if account is not None:
            os.chown(settings, account.uid, account.gid)
        child = Child.start(
            [program, settings.name],
            name="valkey",
            log=logs / "valkey.log",
            account=account,
            environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            folder=folder,
        )
        try:
            if _answers(child, port=port, password=password):
                return child, port
        except BaseException:
            child.ask_to_stop()
            child.end(patience=15)
            raise
        child.end(patience=0)
        said = child.last_lines()
        if "Address already in use" in said:
            continue
        if "No space left on device" in said:
            raise LaunchError(
                f"The disk of {folder} is full, so Valkey cannot start. Nothing was lost. Free some space."
            )
        raise LaunchError(
            f"Valkey did not start on {folder}. Nothing was changed. If its log says that the append-only file is "
            f"damaged, move {folder / 'appendonlydir'} away and start again: it only holds queued jobs, which are "
            f"queued anew from the database. Its last words:\n{said}"
        )
    raise LaunchError(f"No free port was found for Valkey in {PORT_ATTEMPTS} attempts. Start again.")


def _answers(child: Child, *, port: int, password: str) -> bool:
    """Wait until the server answers. False when it ended instead; while it loads its file it refuses for a while."""
    deadline = time.monotonic() + START_PATIENCE
    with redis.Redis(host=LOOPBACK, port=port, password=password, socket_connect_timeout=5) as client:
        while child.alive:
            try:
                client.ping()
                return True
            except redis.ConnectionError as error:
                if time.monotonic() > deadline:
                    raise LaunchError(
                        f"Valkey did not answer within {START_PATIENCE:.0f} seconds ({error}). Nothing was lost. Start "
                        f"again. Its last words:\n{child.last_lines()}"
                    ) from error
            time.sleep(0.02)
    return False


def _settings(*, port: int, password: str, ephemeral: bool) -> str:
    # It is started inside its folder: a path in here would need quoting rules of its own.
    # Under pressure only keys with a lifetime go, which are the cache's: queued jobs have none.
    return (
        f"bind {LOOPBACK}\n"
        f"port {port}\n"
        f"requirepass {password}\n"
        "dir ./\n"
        "pidfile valkey.pid\n"
        f"appendonly {'no' if ephemeral else 'yes'}\n"
        "appendfsync everysec\n"
        'save ""\n'
        "maxmemory 256mb\n"
        "maxmemory-policy volatile-lru\n"
        "daemonize no\n"
    )
