"""How many visits are to be expected: exact for every k, the same for one patient as for a thousand."""

from itertools import count
from typing import Any

import numpy as np

from loyalty.drift.alive import alive
from loyalty.drift.columns import Floats
from loyalty.drift.parameters import Parameters
from loyalty.drift.table import Table

# Rows that need about as many terms are added up together, in pieces that stay in the processor's cache.
PIECE = 4096
# The terms left out add up to less than this share of what was added.
LEFT_OUT = 1e-10
# After how many terms it is asked again whether that was enough, and whether they have grown too large.
STRIDE = 8
LARGE = 1e100
FAINT = 1e-290
# So many take minutes. It is as many as a patient watched for a year needs in tens of thousands of years.
MOST_TERMS = 3e6


def expected_visits(parameters: Parameters, table: Table, t: Any) -> Floats:
    """Visits each row's patient will make in the time t after T (a number, or one for each row); 0 for t = 0.

    P(alive) times `expected_visits_if_active`. For somebody new (x = 0, t_x = 0, T = 0) it is E[X(t)].
    Raises ValueError for a negative or infinite t, and for one that is ten thousands of times as long as alpha + T.
    """
    return alive(parameters, table) * expected_visits_if_active(parameters, table, t)


def expected_visits_if_active(parameters: Parameters, table: Table, t: Any) -> Floats:
    """The same, if the patient has not left by T.

    A visit is the end of k phases, each exponential with the patient's rate. With M the phases over since the last
    visit by T + t, the next i visits fall in time if M >= k i, and the patient is then still there for the i-th with
    g_i = E[(1 - p)^(i - 1)] = (b + d)(b + d + 1).../((a + b + d)(a + b + d + 1)...), i - 1 factors, d the visits
    survived. So the expectation is the mean of G(M) = g_1 + ... + g_(M // k) over

        P(M = m) ~ (n)_m / m!  q^m  sum over j < k of C(m, j) y^j,   q = t / (alpha + T + t),  y = (T - t_x) / t,

    n = r + k x: gamma-mixed Poisson phases, at most k - 1 of them before T. Derived from the story of the model
    (Reutterer, Platzer and Schroeder 2021 give an approximation that reads the BG/NBD formula at k alpha). All terms
    are positive and there is no hypergeometric function: nothing happens at a = 1, and weights too large
    or too small for a number are rescaled on the way, so x = 200 is as good as x = 2. For k = 1 it equals
    Fader, Hardie and Lee 2005, equation 10.
    """
    horizon = table.ahead(t)
    if not np.isfinite(horizon).all():
        raise ValueError("t, the time to look ahead, must have an end.")
    visits = np.zeros(len(table))
    rows = np.flatnonzero(horizon > 0)
    ahead = horizon[rows]
    n = parameters.r + parameters.k * table.x[rows]
    q = ahead / (parameters.alpha + table.T[rows] + ahead)
    y = (table.T[rows] - table.t_x[rows]) / ahead
    survived = parameters.b + parameters.visits_survived(table.x[rows])
    # 30 / -log q: how far the tail reaches beyond the mean.
    terms = n * q / (1 - q) + 30 / -np.log(q)
    if terms.max(initial=0) > MOST_TERMS:
        raise ValueError(
            "t is too far ahead for what is known of the patient: ask for a thousand times alpha + T at most."
        )
    order = np.argsort(terms)
    for begin in range(0, order.size, PIECE):
        piece = order[begin : begin + PIECE]
        visits[rows[piece]] = _mean_visits(parameters, n[piece], q[piece], y[piece], survived[piece])
    return visits


def _mean_visits(parameters: Parameters, n: Floats, q: Floats, y: Floats, survived: Floats) -> Floats:
    """The mean of G(M) over the weights of M, both built up visit by visit, k terms each, from M = 0 on."""
    k = parameters.k
    # (n)_m / m! C(m, j) q^m y^j: q may be as small as y is large, their powers must not be taken apart.
    chosen = [np.ones_like(n)] + [np.zeros_like(n) for _ in range(k - 1)]
    growth = n * q  # (n + m) q
    made, next_made = np.zeros_like(n), np.ones_like(n)  # G, g
    weights, total = np.zeros_like(n), np.zeros_like(n)
    weight = before = chosen[0]
    m = 0
    for visit in count():
        of_visit = np.zeros_like(n)
        for _ in range(k):
            before, weight = weight, sum(chosen[1:], chosen[0])
            of_visit += weight
            m += 1
            stays = growth * (1 / m)
            if k > 1:
                opens = stays * y
                for j in range(min(k - 1, m), 0, -1):
                    chosen[j] *= stays
                    chosen[j] += chosen[j - 1] * opens
            chosen[0] = chosen[0] * stays
            growth += q
            if m % STRIDE == 0 and weight.max() > LARGE:
                # Rows are independent: each is divided by its own size.
                scale = np.maximum(weight, 1.0)
                chosen = [one / scale for one in chosen]
                before, weight, of_visit = before / scale, weight / scale, of_visit / scale
                weights, total = weights / scale, total / scale
        weights += of_visit
        total += of_visit * made
        made += next_made
        next_made *= (survived + visit) / (parameters.a + survived + visit)
        if visit and visit % max(STRIDE // k, 1) == 0 and _enough(weight, before, q, made, total):
            break
    return total / weights


def _enough(weight: Floats, before: Floats, q: Floats, made: Floats, total: Floats) -> bool:
    """Whether what is left is negligible in every row: it falls at least as fast as a geometric series from here."""
    # What is too small for all digits of a number has no ratio: rounded up for ever, it would never end. Weights begin
    # at 1 and are rescaled to 1, so that whoever has so little left is on the way down.
    ratio = np.maximum(np.divide(weight, before, out=np.zeros_like(weight), where=before > FAINT), q)
    if ratio.max() >= 1:
        return False
    rest = weight * ratio / (1 - ratio) * (made + 1 / (1 - ratio))
    return bool(np.all(rest <= LEFT_OUT * total))
