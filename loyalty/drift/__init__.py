"""Buy-till-you-die models: who is still a patient, who is slipping away, how many visits are to come.

    from loyalty import drift

    table = drift.Table.of(x=[2, 0], t_x=[30.4, 0], T=[38.9, 38.9], log_gaps=[5.1, 0])  # one row a patient
    table = drift.Table.of_visits([[0, 91, 175], [20]], until=400)  # or from each patient's visit days

    found = drift.fit(table)                               # MBG/CNBD-k, the likeliest k
    found = drift.fit(table, k=1)                          # MBG/NBD; log_gaps are not needed
    found = drift.fit(table, k=1, leaves_at_first=False)   # BG/NBD
    found = drift.fit(table, prior=drift.WEAK_PRIOR)       # few patients: MAP, in days

    found.parameters, found.log_likelihood                 # r, alpha, a, b, k; natural log
    drift.alive(found.parameters, table)                   # P(alive) at T
    drift.expected_visits(found.parameters, table, t=365)  # E[visits in the next 365]
    drift.return_chance(found.parameters, table, t=365)    # P(at least one of them)
    drift.gap_quantile(found.parameters, table)            # median gap after the last visit: the expected return

    drift.kaplan_meier(waited=[6, 9], happened=[1, 0])     # no model: how long until something happens, as seen

Every function takes a table of one row or of many and gives each row the same figure either way. Times may be in any
one unit, except with a prior. alpha is in the unit of the table, as rate of a phase, of which a gap has k.

The log-likelihood is that of the visit times themselves, with all its constants: k - 1 times the sum of the logs of
gaps is in it, less x log Gamma(k); no x! is (as in Fader, Hardie and Lee 2005 and in Reutterer, Platzer and Schroeder
2021). So for k = 1 it is the same with and without log_gaps, and in another unit of time it differs by the number of
gaps times the log of the ratio.
"""

from loyalty.drift.alive import alive
from loyalty.drift.columns import Floats
from loyalty.drift.expected_visits import expected_visits, expected_visits_if_active
from loyalty.drift.fit import Fit, fit
from loyalty.drift.likelihood import log_likelihood
from loyalty.drift.network_prior import LEAST_REPEAT_PATIENTS, Contribution, network_prior
from loyalty.drift.next_visit import gap_quantile, return_chance, return_chance_if_active
from loyalty.drift.parameters import Parameters
from loyalty.drift.prior import WEAK_PRIOR, Prior
from loyalty.drift.table import Table
from loyalty.drift.waiting import Curve, Share, kaplan_meier

__all__ = [
    "LEAST_REPEAT_PATIENTS",
    "WEAK_PRIOR",
    "Contribution",
    "Curve",
    "Fit",
    "Floats",
    "Parameters",
    "Prior",
    "Share",
    "Table",
    "alive",
    "expected_visits",
    "expected_visits_if_active",
    "fit",
    "gap_quantile",
    "kaplan_meier",
    "log_likelihood",
    "network_prior",
    "return_chance",
    "return_chance_if_active",
]
