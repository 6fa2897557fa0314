"""The data folder: one launcher at a time, and a place for the servers' files that their account can reach."""

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.launch.account import Account, can_enter, server_account
from infra.launch.errors import LaunchError, told_for

ELSEWHERE = Path("/var/lib/perennial")
ROOM_NEEDED = 300 * 1024 * 1024


def prepare(data: Path) -> Path:
    """Make the data folder and check that it can be written. Returns its absolute path."""
    data = data.expanduser().absolute()
    with told_for(data):
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        # One block, because an empty file can be made on a full disk.
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
        # Logs may quote what people did; they are for whoever launches.
        (data / "logs").mkdir(mode=0o700, exist_ok=True)
    return data


@contextmanager
def only_launcher(data: Path) -> Iterator[None]:
    """Hold the folder's lock. The kernel drops it with the process, so a killed launcher never leaves it behind."""
    with told_for(data):
        file = (data / "lock").open("a+")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise LaunchError(
                f"The data folder {data} is in use by another launch (process {holder}). Use that one, stop it, or "
                "give this one a folder and a port of its own: `DATA=var2 PORT=8001 make run`. Nothing was changed."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def servers_home(data: Path, *, ephemeral: bool) -> tuple[Path, Account | None]:
    """Where the servers keep their files, and the account they run under (None: the launcher's own).

    That is DATA/servers. When root launches and the servers' account cannot reach it (a checkout below /root), a link
    stands there instead and the files live in /var/lib/perennial, or below the temporary folder for a throw-away run.
    """
    link = data / "servers"
    home = link.resolve()
    if link.is_symlink() and not home.exists():
        raise LaunchError(
            f"{link} points to {home}, where this installation's database was kept, and that folder is gone. Put it "
            f"back from a backup, or, to begin with an empty database, delete {link} and start again."
        )
    account = server_account(home=home)
    if home.exists():
        _check_owner(home, account)
        if account is not None and not can_enter(account=account, folder=home):
            raise LaunchError(
                f"The database lives in {home}, but the user {account.name}, who runs it, can no longer reach that "
                f"folder. Nothing was changed. Let it pass through the folders above (`chmod o+x`), or move {data} "
                "to a place it can reach and set DATA to that."
            )
        return home, account
    room = shutil.disk_usage(data).free
    if room < ROOM_NEEDED:
        raise LaunchError(
            f"The disk of {data} has {room // 2**20} MB left and a new database needs {ROOM_NEEDED // 2**20} MB. Free "
            "some space, or set DATA to a folder on another disk. Nothing was made."
        )
    if account is None:
        home.mkdir(mode=0o700)
        return home, None
    if not can_enter(account=account, folder=data):
        home = _home_elsewhere(ephemeral=ephemeral)
        link.symlink_to(home)
    else:
        home.mkdir(mode=0o700)
    os.chown(home, account.uid, account.gid)
    return home, account


def _check_owner(home: Path, account: Account | None) -> None:
    owner = home.stat().st_uid
    if account is not None and owner == 0:
        # Root was stopped between making the folder and giving it away.
        os.chown(home, account.uid, account.gid)
    elif account is None and owner != os.geteuid():
        raise LaunchError(
            f"The database in {home} belongs to user number {owner}, not to you: it was made by another user or by "
            "root. Nothing was changed. Start as that user again, or set DATA to a folder of your own."
        )


def _home_elsewhere(*, ephemeral: bool) -> Path:
    if ephemeral:
        return Path(tempfile.mkdtemp(prefix="perennial-"))
    with told_for(ELSEWHERE):
        home = ELSEWHERE / secrets.token_hex(6)
        if not ELSEWHERE.exists():
            ELSEWHERE.mkdir(parents=True)
            # Whatever the umask says: others must pass through, and nothing lies here but closed folders.
            ELSEWHERE.chmod(0o755)
        home.mkdir(mode=0o700)
    return home


def discard(data: Path) -> None:
    """Remove the servers' files of a throw-away run, wherever they live."""
    link = data / "servers"
    home = link.resolve()
    if link.is_symlink():
        link.unlink()
    shutil.rmtree(home, ignore_errors=False)
