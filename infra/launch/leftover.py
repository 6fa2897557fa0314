"""Deals with what a killed launcher left behind: a server still running on its folder, or a stale pid file."""

import os
import signal
import subprocess
import time
from pathlib import Path

from infra.launch.errors import LaunchError

PATIENCE = 60.0
PROC = Path("/proc")


def stop_leftover(*, pid_file: Path, folder: Path, stop_signal: signal.Signals) -> None:
    """Leave no server working in `folder` and no stale pid file. The caller holds the data folder's lock."""
    if not pid_file.exists():
        return
    first, *_rest = pid_file.read_text().splitlines() or [""]
    if first.isdecimal() and _works_in(int(first), folder):
        _stop(int(first), folder, stop_signal)
    # The number may belong to another program by now, and PostgreSQL would take that for a running server.
    pid_file.unlink(missing_ok=True)


def _works_in(pid: int, folder: Path) -> bool:
    """Whether the process is a server of this folder: PostgreSQL and Valkey both work inside their data folder."""
    if (PROC / "self" / "cwd").exists():
        try:
            return (PROC / str(pid) / "cwd").readlink() == folder.resolve()
        except (FileNotFoundError, ProcessLookupError):
            return False
        except PermissionError:
            # A server of this folder would be ours to look at: it runs under our account, or we are root.
            return False
    listed = subprocess.run(
        ["/usr/sbin/lsof", "-a", "-p", str(pid), "-d", "cwd", "-Fn"], capture_output=True, text=True, check=False
    )
    return f"n{folder.resolve()}" in listed.stdout.splitlines()


def _stop(pid: int, folder: Path, stop_signal: signal.Signals) -> None:
    os.kill(pid, stop_signal)
    deadline = time.monotonic() + PATIENCE
    while _works_in(pid, folder):
        if time.monotonic() > deadline:
            raise LaunchError(
                f"A server that an earlier launch left behind (process {pid}) still works in {folder} and does not "
                f"stop. Nothing was lost. Stop it (`kill {pid}`) and start again."
            )
        time.sleep(0.05)
