from datetime import timedelta

from loyalty.metrics.windows import index_window, window
from tests.metrics.by_hand.counts import local_day, middle, share, share_of_people


def figures(rows, month):
    return {
        "preview_coverage": previewed(rows, month),
        "promise_kept_rate": promises(rows, month),
        "note_coverage": thanked(rows, month),
        "note_hours": note_hours(rows, month),
        "occasion_coverage": occasions(rows, month),
        "occasion_recorded": birthdays(rows, month),
        "recovery_hours": recovery_hours(rows, month),
        "recovery_rate": recovered(rows, month),
    }


def previewed(rows, month):
    began = min((t.day for t in rows.touchpoints if t.kind == "preview"), default=None)
    made = {t.visit_id: t.done_at for t in rows.touchpoints if t.kind == "preview" and t.state == "done"}
    pairs = []
    for who, day, _, visits in rows.visit_days(window(month)):
        if began is None or day < began or all(visit.is_history for visit in visits):
            continue
        if rows.is_held_out("preview", who, day):
            continue
        before = [v.id in made and made[v.id] < (v.arrived_at or v.starts_at) for v in visits]
        pairs.append((who, int(any(before))))
    return share(pairs)


def promises(rows, month):
    return share(
        [
            (p.who, int(p.kept == "yes"))
            for p in rows.promises
            if local_day(p.answered_at, p.visit.location.time_zone) in window(month)
        ]
    )


def note_of(rows, who, day):
    """When the note for that day was written by hand, None if it was not."""
    written = [
        t.done_at
        for t in rows.notes
        if (t.who, t.day, t.state) == (who, day, "done") and t.channel in ("card", "letter")
    ]
    return min(written, default=None)


def thanked(rows, month):
    began = min((t.day for t in rows.notes), default=None)
    pairs = []
    for who, day, last, visits in rows.visit_days(index_window(month, look_ahead_days=2)):
        if began is None or day < began or all(visit.is_history for visit in visits):
            continue
        if rows.is_held_out("note", who, day):
            continue
        written = note_of(rows, who, day)
        pairs.append((who, int(written is not None and written <= last.completed_at + timedelta(hours=48))))
    return share(pairs)


def note_hours(rows, month):
    waits = []
    for who, days in rows.days.items():
        for day, visits in days.items():
            last = max(visits, key=lambda visit: visit.completed_at)
            written = note_of(rows, who, day)
            if written is None:
                continue
            written = max(written, last.completed_at)
            if local_day(written, last.location.time_zone) in window(month):
                waits.append((who, (written - last.completed_at) / timedelta(hours=1)))
    return middle(waits)


def occasions(rows, month):
    return share(
        [
            (t.who, int(t.state == "done" and local_day(t.done_at, rows.home) <= t.day))
            for t in rows.touchpoints
            if t.kind == "occasion" and t.state != "cancelled" and t.day in window(month)
        ]
    )


def birthdays(rows, month):
    active = {who for who, *_ in rows.visit_days(window(month))}
    return share_of_people(active, active & rows.with_birthday)


def zone_of(rows, recovery):
    visit = recovery.feedback.visit
    return visit.location.time_zone if visit else rows.home


def recovery_hours(rows, month):
    waits = []
    for r in rows.recoveries:
        if r.first_contact_at and local_day(r.first_contact_at, zone_of(rows, r)) in window(month):
            waited = (r.first_contact_at - r.feedback.answered_at) / timedelta(hours=1)
            waits.append((r.who, max(waited, 0)))
    return middle(waits)


def recovered(rows, month):
    began = min((r.feedback.day for r in rows.recoveries), default=None)
    last = {(a.who, a.day): a for a in rows.answers if not a.request.is_history}
    made_good = {
        (r.who, r.feedback.day)
        for r in rows.recoveries
        if r.recovered and local_day(r.closed_at, zone_of(rows, r)) <= r.feedback.day + timedelta(days=30)
    }
    return share(
        [
            (who, int((who, day) in made_good))
            for (who, day), answer in last.items()
            if answer.score <= 6 and began and day >= began and day in index_window(month, look_ahead_days=30)
        ]
    )
