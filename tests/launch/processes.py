"""What the operating system says about processes that a test started."""

import subprocess
import time
from pathlib import Path


def commands_with(words: str) -> list[str]:
    """Command lines of live processes that hold `words`."""
    listed = subprocess.run(["ps", "-ww", "-eo", "stat=,args="], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if words in line and not line.startswith("Z")]


def wait_until_gone(words: str, *, seconds: float = 30.0) -> list[str]:
    """Command lines that still hold `words` after at most `seconds`; empty as soon as there are none."""
    deadline = time.monotonic() + seconds
    while (left := commands_with(words)) and time.monotonic() < deadline:
        pass
    return left


def postmaster_pid(cluster: Path) -> int:
    return int((cluster / "postmaster.pid").read_text().splitlines()[0])
