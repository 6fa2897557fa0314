"""`python -m infra.launch exec -- COMMAND`: the servers for as long as one command runs."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from infra.launch.errors import LaunchError
from infra.launch.process import SETPRIV
from infra.launch.programs import postgres_tools
from infra.launch.project import python_environment
from infra.launch.servers import start


def execute(*, command: Sequence[str], data: Path, environment: Mapping[str, str], ephemeral: bool) -> int:
    """The command's exit code, or 128 + the signal that ended it, as a shell says it."""
    with start(data, ephemeral=ephemeral) as servers:
        surroundings = python_environment({**environment, **servers.environment()})
        # Our virtual environment's programs and the database's tools of the same release, such as pg_dump.
        ours = (str(Path(sys.executable).parent), *map(str, postgres_tools()))
        surroundings["PATH"] = os.pathsep.join((*ours, surroundings.get("PATH", os.defpath)))
        leash = [] if SETPRIV is None else [SETPRIV, "--pdeathsig", "TERM", "--"]
        program = _found(command[0], surroundings["PATH"])
        # In our own process group, so that it keeps the terminal: a shell or a debugger works in it.
        process = subprocess.Popen([*leash, program, *command[1:]], env=surroundings)

        def pass_on(number: int, _frame: FrameType | None) -> None:
            process.send_signal(number)

        # Ctrl-C reaches the command by itself; it decides, and the servers stay until it ends.
        before = {
            signal.SIGINT: signal.signal(signal.SIGINT, lambda _number, _frame: None),
            signal.SIGTERM: signal.signal(signal.SIGTERM, pass_on),
            signal.SIGHUP: signal.signal(signal.SIGHUP, pass_on),
        }
        try:
            code = process.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _found(program: str, path: str) -> str:
    if os.sep in program:
        return program
    for folder in path.split(os.pathsep):
        if os.access(Path(folder) / program, os.X_OK):
            return str(Path(folder) / program)
    raise LaunchError(f"There is no program called {program!r} to run. The servers were started and stopped again.")
