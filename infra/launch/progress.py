"""Tells whoever launched what is going on and how long it took."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from infra.launch.process import Child

NAME_WIDTH = 34
LOOK_SECONDS = 0.1


@dataclass
class StepFailed(Exception):
    """A process of a step ended badly."""

    child: Child
    code: int


@dataclass
class Line:
    """One step's line: its name now, its time at the end; on a terminal also what it is at."""

    name: str
    begun: float = field(default_factory=time.monotonic)

    def show(self, doing: str = "") -> None:
        if not sys.stdout.isatty():
            return
        width = shutil.get_terminal_size().columns - 1
        text = f"  {self.name:<{NAME_WIDTH}}{time.monotonic() - self.begun:6.1f} s  {doing.strip()}"
        sys.stdout.write(f"\r{text[:width]:<{width}}")
        sys.stdout.flush()

    def done(self, note: str = "") -> None:
        text = f"  {self.name:<{NAME_WIDTH}}{note or f'{time.monotonic() - self.begun:6.1f} s'}"
        if sys.stdout.isatty():
            text = f"\r{text:<{shutil.get_terminal_size().columns - 1}}"
        print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[Line]:
    line = Line(name)
    line.show()
    try:
        yield line
    except BaseException:
        line.done("stopped")
        raise
    line.done()


def skipped(name: str) -> None:
    Line(name).done("unchanged")


def finish(child: Child, line: Line) -> None:
    """Wait for a step's process, showing its last words on a terminal. It never outlives the wait."""
    try:
        while child.alive:
            line.show(child.last_lines(1))
            time.sleep(LOOK_SECONDS)
    finally:
        child.ask_to_stop()
        child.end(patience=10)
    if (code := child.process.returncode) != 0:
        raise StepFailed(child, code)
