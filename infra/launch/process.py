"""Children of the launcher: each in a session of its own, none of them outliving it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from infra.launch.account import Account

# On Linux the kernel sends the stop signal to a child whose launcher was killed. The kernel counts the thread that
# started the child, so servers must be started from a thread that lives as long as they do.
SETPRIV = shutil.which("setpriv") if sys.platform == "linux" else None


@dataclass(frozen=True, kw_only=True)
class Child:
    """A started process. `stop_signal` asks it to end well, `log` holds what it said."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals

    @classmethod
    def start(
        cls,
        command: Sequence[str | Path],
        *,
        name: str,
        log: Path,
        account: Account | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> Self:
        words = [str(word) for word in command]
        given: dict[str, object] = {}
        if SETPRIV is not None:
            leash = [SETPRIV, "--pdeathsig", stop_signal.name.removeprefix("SIG")]
            if account is not None:
                leash += [f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups", "--no-new-privs"]
            words = [*leash, "--", *words]
        elif account is not None:
            given = {"user": account.uid, "group": account.gid, "extra_groups": []}
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if environment is None else dict(environment),
                cwd=folder,
                start_new_session=True,
                **given,  # type: ignore[call-overload]
            )
        return cls(name=name, process=process, log=log, stop_signal=stop_signal)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def wait(self, *, seconds: float | None = None) -> int:
        """Its exit code. Raises subprocess.TimeoutExpired when it runs on."""
        return self.process.wait(timeout=seconds)

    def ask_to_stop(self) -> None:
        if self.alive:
            self.process.send_signal(self.stop_signal)

    def end(self, *, patience: float) -> None:
        """Wait `patience` seconds for it to end, then end it and whatever it left behind in its process group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=patience)
        # PermissionError is how macOS says that only zombies are left in the group.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_lines(self, count: int = 20) -> str:
        return last_lines(self.log, count)


def stop_all(children: Iterable[Child], *, patience: float = 20.0) -> None:
    """Stop several at once: all are asked first, so that the slowest one sets the time."""
    asked = list(children)
    for child in asked:
        child.ask_to_stop()
    deadline = time.monotonic() + patience
    for child in asked:
        child.end(patience=max(0.0, deadline - time.monotonic()))


def last_lines(log: Path, count: int = 20) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 65536))
        text = file.read().decode(errors="replace")
    return "\n".join(text.splitlines()[-count:])
