"""What every metric is counted into: (value, numerator, denominator, n, patients, sums); None where it is absent."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from loyalty.metrics.intervals import ClusterSums


def by_patient(pairs):
    totals = defaultdict(lambda: [0, 0])
    for who, y in pairs:
        totals[who][0] += y
        totals[who][1] += 1
    return ClusterSums.of((y, m) for y, m in totals.values())


def share(pairs):
    """Of (patient, 0 or 1), or -1 to 1 for a net score."""
    sums = by_patient(pairs)
    return result(100 * sums.ratio, sums.total, sums.trials, sums.trials, sums) if sums.trials else None


def mean(pairs):
    sums = by_patient(pairs)
    return result(sums.ratio, sums.total, sums.trials, sums.trials, sums) if sums.trials else None


def share_of_people(people, did):
    return result(100 * len(did) / len(people), len(did), len(people), len(people)) if people else None


def people(number):
    return result(number, number, number, number) if number else None


def middle(waits):
    """Of (patient, hours)."""
    if not waits:
        return None
    number = len(waits)
    return result(median(hours for _, hours in waits), number, number, number, patients=len({who for who, _ in waits}))


def result(value, numerator, denominator, n, sums=None, *, patients=None):
    if patients is None:
        patients = sums.patients if sums else n
    return value, numerator, denominator, n, patients, sums


def midnight_after(day, zone):
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))


def local_day(instant, zone):
    return instant.astimezone(ZoneInfo(zone)).date()
