from collections import defaultdict
from datetime import timedelta

from loyalty.metrics.windows import index_window, window
from tests.metrics.by_hand.counts import share, share_of_people

MODES = {"": ("kiosk", "link", "staff"), "_kiosk": ("kiosk",), "_link": ("link",)}


def any_answer(_answer):
    return True


def figures(rows, month):
    return {
        key + apart: count(rows, month, modes)
        for apart, modes in MODES.items()
        for key, count in (
            ("feedback_response_rate", responded),
            ("nps", nps),
            ("first_visit_nps", first_visit_nps),
            ("perceived_value", worth),
            ("consistency", consistent),
            ("exclusive_share", only_here),
        )
    }


def responded(rows, month, modes):
    requests = [r for r in rows.requests if r.mode in modes and r.mode != "staff" and not r.is_history]
    first_about = {}
    for request in requests:
        about = request.visit_id or request.id
        first_about[about] = min(request.day, first_about.get(about, request.day))
    occasions = defaultdict(list)
    for request in requests:
        occasions[request.who, first_about[request.visit_id or request.id]].append(request.id)
    pairs = []
    for (who, day), ids in occasions.items():
        if day in index_window(month, look_ahead_days=14):
            replies = [a.day for a in rows.answers if a.request_id in ids]
            pairs.append((who, int(any(reply <= day + timedelta(days=14) for reply in replies))))
    return share(pairs)


def latest(rows, month, modes, which=any_answer):
    """(patient, day) → the last answer of that day."""
    return {(a.who, a.day): a for a in rows.answers if a.mode in modes and a.day in window(month) and which(a)}


def nps(rows, month, modes, which=any_answer):
    answers = latest(rows, month, modes, which)
    return share([(who, (a.score >= 9) - (a.score <= 6)) for (who, _), a in answers.items()])


def first_visit_nps(rows, month, modes):
    def about_the_first(answer):
        visit = answer.request.visit
        return visit is not None and visit.status == "completed" and rows.first_ever.get(answer.who) == visit.day

    return nps(rows, month, modes, about_the_first)


def worth(rows, month, modes):
    answers = latest(rows, month, modes, lambda a: a.worth is not None)
    return share([(who, int(a.worth >= 4)) for (who, _), a in answers.items()])


def of_patients(answers):
    """patient → answers, the oldest first."""
    of = defaultdict(list)
    for (who, _), answer in sorted(answers.items(), key=lambda item: item[0][1]):
        of[who].append(answer)
    return of


def consistent(rows, month, modes):
    three = {who: a[-3:] for who, a in of_patients(latest(rows, month, modes)).items() if len(a) >= 3}
    return share_of_people(three, [who for who, a in three.items() if all(one.score >= 9 for one in a)])


def only_here(rows, month, modes):
    told = of_patients(latest(rows, month, modes, lambda a: a.elsewhere))
    return share_of_people(told, [who for who, a in told.items() if a[-1].elsewhere == "no"])
