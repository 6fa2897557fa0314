"""The unprivileged account that servers run under when the launcher is root: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.launch.errors import LaunchError

CANDIDATES = ("postgres", "perennial", "nobody")


@dataclass(frozen=True, kw_only=True)
class Account:
    name: str
    uid: int
    gid: int

    def owns(self, path: Path) -> bool:
        return path.stat().st_uid == self.uid


def server_account(*, home: Path) -> Account | None:
    """The account for the servers, or None when the launcher itself is unprivileged.

    A home folder that exists already keeps its owner, so a machine that gains a `postgres` user later loses nothing.
    """
    if os.geteuid() != 0:
        return None
    if home.exists() and (uid := home.stat().st_uid) != 0:
        return _account_of(uid, home)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise LaunchError(
        "PostgreSQL does not run as root and this machine has no user to run it as. Create one with "
        "`useradd --system perennial`, start as an ordinary user, or set DATABASE_URL to a server you have."
    )


def _account_of(uid: int, home: Path) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise LaunchError(
            f"{home} belongs to user number {uid}, which this machine does not know, so no server can run as its "
            f"owner. Nothing was changed. Give the folder to a user that exists: `chown -R postgres {home}`."
        ) from None
    return Account(name=entry.pw_name, uid=uid, gid=entry.pw_gid)


def can_enter(*, account: Account, folder: Path) -> bool:
    """Whether the account may pass through `folder` and everything above it.

    Asked of the kernel by a process of that account, as mode bits alone miss access lists and mounts.
    """
    asked = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return asked.returncode == 0
