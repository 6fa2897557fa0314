"""What a spawned process does first. Imports no models: Django is not set up before this has run."""

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import parent_process

import django


def begin_worker() -> None:
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.join,), daemon=True).start()
    # Ctrl-C reaches every process of the terminal; the one that started us tells what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()


def _end_with(wait: Callable[[], object]) -> None:
    """A killed parent must not leave us behind, holding a transaction open."""
    wait()
    os._exit(1)
