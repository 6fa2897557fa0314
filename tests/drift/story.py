"""The model's own story, told patient by patient with dice: the oracle for every formula."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from loyalty.drift import Parameters, Table
from loyalty.drift.columns import Floats


def practice(parameters: Parameters, *, patients: int, seed: int, longest: float = 1095) -> Table:
    """A practice whose patients came first at some time in the last `longest` days."""
    told = _lives(parameters, patients=patients, seed=seed, longest=longest)
    rows = [(len(times) - 1, times[-1], watched, np.log(np.diff(times)).sum()) for times, watched in told]
    x, t_x, watched, log_gaps = np.array(rows).T
    return Table.of(x=x, t_x=t_x, T=watched, log_gaps=log_gaps)


def visits_ago(parameters: Parameters, *, patients: int, seed: int, longest: float = 1095) -> list[list[float]]:
    """The same patients: how many days ago each visit was."""
    told = _lives(parameters, patients=patients, seed=seed, longest=longest)
    return [[watched - time for time in times] for times, watched in told]


def _lives(parameters: Parameters, *, patients: int, seed: int, longest: float) -> Iterator[tuple[list[float], float]]:
    """Each patient's visit times since the first, and for how long they have been watched."""
    dice = np.random.default_rng(seed)
    watched = dice.uniform(30, longest, patients)
    rate = dice.gamma(parameters.r, 1 / parameters.alpha, patients)
    leaving = dice.beta(parameters.a, parameters.b, patients)
    for number in range(patients):
        times = [0.0]
        while not ((len(times) > 1 or parameters.leaves_at_first) and dice.random() < leaving[number]):
            following = times[-1] + dice.gamma(parameters.k, 1 / rate[number])
            if following > watched[number]:
                break
            times.append(following)
        yield times, float(watched[number])


@dataclass(frozen=True)
class Seen:
    """What became of patients with one history: shares and means, with the standard error of the mean."""

    alive: float
    visits: float
    visits_error: float
    returned: float
    first_gap: Floats


def continued(parameters: Parameters, *, x: int, t_x: float, T: float, t: float, seed: int, patients: int) -> Seen:  # noqa: N803
    """Patients who had x visits after the first, the last at t_x, and were not seen from there to T: the time t after.

    Rates and leaving are drawn given the visits, the rest is played; who comes before T is not one of them.
    """
    dice = np.random.default_rng(seed)
    survived = parameters.b + (x if parameters.leaves_at_first else max(x - 1, 0))
    rate = dice.gamma(parameters.r + parameters.k * x, 1 / (parameters.alpha + t_x), patients)
    leaving = dice.beta(parameters.a, survived, patients)
    may_leave = x > 0 or parameters.leaves_at_first
    left = (dice.random(patients) < leaving) & may_leave
    gap = dice.gamma(parameters.k, 1, patients) / rate
    silent = left | (t_x + gap > T)
    rate, leaving, left, gap = rate[silent], leaving[silent], left[silent], gap[silent]
    at, active, visits = t_x + gap, ~left, np.zeros(left.size)
    while (coming := active & (at <= T + t)).any():
        visits[coming] += 1
        active = coming & (dice.random(left.size) >= leaving)
        at = at + dice.gamma(parameters.k, 1, left.size) / rate
    return Seen(
        alive=float((~left).mean()),
        visits=float(visits.mean()),
        visits_error=float(visits.std() / np.sqrt(left.size)),
        returned=float((visits > 0).mean()),
        first_gap=gap[~left],
    )
