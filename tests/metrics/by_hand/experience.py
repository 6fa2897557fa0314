from datetime import timedelta

from loyalty.metrics.windows import index_window
from tests.metrics.by_hand.counts import local_day, mean


def figures(rows, month):
    began = min((visit.day for visit in rows.visits if visit.brief_read_at), default=None)
    pairs = []
    for who, day, last, visits in rows.visit_days(index_window(month, look_ahead_days=14)):
        live = [visit for visit in visits if not visit.is_history]
        if began is None or day < began or not live:
            continue
        steps = [
            step for visit in live for step in of_visit(rows, visit, held_out=rows.is_held_out("preview", who, day))
        ]
        steps += of_day(rows, who, day, last)
        pairs.append((who, round(100 * sum(steps) / len(steps))))
    return {"experience_score": mean(pairs)}


def of_visit(rows, visit, *, held_out):
    """Whether each step that applies was done."""
    told = any(t.kind == "preview" and t.state == "done" and t.visit_id == visit.id for t in rows.touchpoints)
    if told or (visit.source != "walk_in" and not held_out):
        yield told
    yield visit.brief_read_at is not None
    if visit.arrived_at and visit.seen_at:
        begin = visit.arrived_at if visit.source == "walk_in" else max(visit.arrived_at, visit.starts_at)
        yield visit.seen_at - begin <= timedelta(minutes=10)
    yield any(r.visit_id == visit.id and r.mode != "link" for r in rows.requests)
    answers = [
        p.kept == "yes"
        for p in rows.promises
        if p.visit_id == visit.id
        and local_day(p.answered_at, visit.location.time_zone) <= visit.day + timedelta(days=14)
    ]
    if answers:
        yield all(answers)


def of_day(rows, who, day, last):
    notes = [t for t in rows.notes if (t.who, t.day) == (who, day) and t.state != "cancelled"]
    if any(t.state != "held" for t in notes):
        yield any(t.state == "done" and t.done_at <= last.completed_at + timedelta(hours=48) for t in notes)
