"""Loaded by the worker of the tests: takes imports up every other second, those that nobody has worked on for three."""

from datetime import timedelta

from infra.broker import app
from loyalty.intake import jobs

TAKE_UP = "imports-take-up"

# As the timetable has it, only more often, and nothing else of the timetable.
app.conf.beat_schedule = {TAKE_UP: {**app.conf.beat_schedule[TAKE_UP], "schedule": 2.0}}
jobs.ABANDONED = timedelta(seconds=3)
