"""Ctrl-C, SIGTERM and a closed terminal all end a launch the same way: in order, once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked the launcher to end. Not an Exception, so that nothing takes it for a failure."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """The first ending signal raises StopRequested in the main thread; later ones must not cut the clean-up short."""
    requested = False

    def request(number: int, _frame: FrameType | None) -> None:
        nonlocal requested
        if not requested:
            requested = True
            raise StopRequested(signal.Signals(number).name)

    before = {number: signal.signal(number, request) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
