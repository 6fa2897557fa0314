"""Loaded by the worker of the tests: sweeps every other second, and takes a dead worker's place after three."""

from datetime import timedelta

from infra.broker import app
from tenants.webhooks import outgoing, serve

# As the timetable has them, only more often, and nothing else of the timetable.
app.conf.beat_schedule = {
    name: {**app.conf.beat_schedule[name], "schedule": 2.0} for name in ("outbox-sweep", "webhooks-due")
}
serve.LEASE = outgoing.LEASE = timedelta(seconds=3)
