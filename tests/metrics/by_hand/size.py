from loyalty.metrics.windows import window
from tests.metrics.by_hand.counts import by_patient, people, result, share


def figures(rows, month):
    year = window(month)
    sums = by_patient((who, 0) for who, *_ in rows.visit_days(year))
    return {
        "visits": result(sums.trials, sums.trials, sums.patients, sums.trials, sums) if sums.trials else None,
        "active_patients": people(sums.patients),
        "new_patients": people(sum(day in year for day in rows.first_ever.values())),
        "no_show_rate": no_shows(rows, year),
    }


def no_shows(rows, year):
    imported = [visit.day for visit in rows.visits if visit.is_history and visit.status == "no_show"]
    came = {}
    for visit in rows.visits:
        kept = not visit.is_history or (imported and visit.day >= min(imported))
        if visit.day in year and kept and visit.status in ("completed", "no_show"):
            key = visit.who, visit.day
            came[key] = came.get(key, False) or visit.status == "completed"
    return share([(who, int(not there)) for (who, _), there in came.items()])
