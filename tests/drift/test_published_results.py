"""What papers and packages have published, found again."""

import numpy as np
import pytest

from loyalty import drift
from tests.drift.cdnow import cdnow


def test_bg_nbd_on_cdnow():
    """Fader, Hardie and Lee 2005, Marketing Science 24(2), table 2."""
    found = drift.fit(cdnow(), k=1, leaves_at_first=False)
    ours = found.parameters
    assert (ours.name, len(cdnow())) == ("BG/NBD", 2357)
    assert (ours.r, ours.alpha, ours.a, ours.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.0005)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)


def test_what_bg_nbd_expects_of_cdnow():
    """The same paper for customer 1; the walkthrough of the R package BTYD for E[X(52)]."""
    parameters = drift.fit(cdnow(), k=1, leaves_at_first=False).parameters
    first = drift.Table.of(x=2, t_x=30.43, T=38.86)
    assert drift.expected_visits(parameters, first, 39)[0] == pytest.approx(1.226, abs=0.0005)
    somebody_new = drift.Table.of(x=0, t_x=0, T=0)
    assert drift.expected_visits(parameters, somebody_new, 52)[0] == pytest.approx(1.4440, abs=0.00005)


def test_mbg_nbd_on_cdnow():
    """Batislam, Denizel and Filiztekin's model on this data: the figures in the tests of `lifetimes`."""
    found = drift.fit(cdnow(), k=1).parameters
    assert found.name == "MBG/NBD"
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.525, 6.183, 0.891, 1.614), abs=0.0005)


def test_time_may_be_told_in_any_unit():
    weeks = cdnow()
    in_weeks = drift.fit(weeks, k=1)
    days = drift.Table.of(x=weeks.x, t_x=7 * weeks.t_x, T=7 * weeks.T)
    in_days = drift.fit(days, k=1)
    assert in_days.parameters.alpha == pytest.approx(7 * in_weeks.parameters.alpha, rel=1e-6)
    assert in_days.parameters.a == pytest.approx(in_weeks.parameters.a, rel=1e-6)
    assert drift.alive(in_days.parameters, days) == pytest.approx(drift.alive(in_weeks.parameters, weeks), abs=1e-7)


def test_the_optimum_is_the_optimum():
    """No step of a thousandth in any direction is likelier, and a hundred random ones are not either."""
    table = cdnow()
    found = drift.fit(table, k=1)
    dice = np.random.default_rng(5)
    for step in [*np.eye(4), *-np.eye(4), *dice.normal(size=(100, 4))]:
        r, alpha, a, b = np.exp(found.parameters.logs + 1e-3 * step)
        assert drift.log_likelihood(drift.Parameters(r=r, alpha=alpha, a=a, b=b), table) < found.log_likelihood
