"""Loaded by the worker of the tests: writes down each event it is told of, and sweeps every other second."""

import os
from pathlib import Path

from core.outbox.consumers import Happened, consumer
from infra.broker import app
from tests.faults.agreeing import KINDS

HEARD_IN = Path(os.environ["HEARD_IN"])
SWEEP = "outbox-sweep"

# The sweep as the timetable has it, only more often, and nothing else of the timetable.
app.conf.beat_schedule = {SWEEP: {**app.conf.beat_schedule[SWEEP], "schedule": 2.0}}


def hear(event: Happened) -> None:
    """One write of one line: threads and killed processes cannot tear it."""
    line = f"{event.number} {event.record_id} {event.kind}\n".encode()
    file = os.open(HEARD_IN, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(file, line)
    finally:
        os.close(file)


for kind in KINDS:
    consumer(kind)(hear)
