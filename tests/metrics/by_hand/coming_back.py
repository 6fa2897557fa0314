from datetime import timedelta

from loyalty.metrics.windows import index_window, window
from tests.metrics.by_hand.counts import midnight_after, share, share_of_people


def figures(rows, month):
    return {
        **{f"return_rate_{within}": returned(rows, month, within) for within in (90, 180, 365)},
        "first_return_rate_180": first_returned(rows, month),
        "retention": retained(rows, month),
        "rebooking_rate": rebooked(rows, month),
        "drifting_share": drifting(rows, month),
    }


def drifting(rows, month):
    last = month.end - timedelta(days=1)
    if rows.scored_on is None or rows.scored_on < last:
        return None
    active = {who for who, *_ in rows.visit_days(window(month))}
    return share_of_people(active, {who for who in active if any(late <= last for late in rows.late_from[who])})


def returned(rows, month, within):
    first = {}
    for who, day, *_ in rows.visit_days(index_window(month, look_ahead_days=within)):
        first[who] = min(day, first.get(who, day))
    back = {who for who, day in first.items() if came_again(rows, who, day, within)}
    return share_of_people(first, back)


def came_again(rows, who, day, within):
    return any(day < after <= day + timedelta(days=within) for after in rows.days[who])


def first_returned(rows, month):
    days = index_window(month, look_ahead_days=180)
    new = {who: day for who, day in rows.first_ever.items() if day in days}
    return share_of_people(new, {who for who, day in new.items() if came_again(rows, who, day, 180)})


def retained(rows, month):
    year = index_window(month, look_ahead_days=180)
    came = {who for who, *_ in rows.visit_days(year)}
    again = {who for who in came if any(year.end <= day < month.end for day in rows.days[who])}
    return share_of_people(came, again)


def rebooked(rows, month):
    pairs = []
    for who, day, last, visits in rows.visit_days(window(month)):
        if all(visit.is_history and visit.booked_at is None for visit in visits):
            continue
        leaving = midnight_after(day, last.location.time_zone)
        pairs.append((who, int(any(stands(v, who, day, leaving) for v in rows.visits))))
    return share(pairs)


def stands(appointment, who, day, leaving):
    booked = appointment.booked_at or (None if appointment.is_history else appointment.created_at)
    return (
        appointment.who == who
        and appointment.day > day
        and booked is not None
        and booked < leaving
        and (appointment.cancelled_at is None or appointment.cancelled_at >= leaving)
    )
