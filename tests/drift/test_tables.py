"""What a table may be made from, and the sentence for what it may not: the first row that cannot be, and what to do."""

import numpy as np
import pytest

from loyalty import drift

LISTS = {"x": [2, 1, 0], "t_x": [30, 4, 0], "T": [39, 39, 39], "log_gaps": [5.3, float(np.log(4)), 0]}


class Series:
    """What other libraries' columns look like to numpy."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)


def test_a_table_by_hand_is_the_table_of_named_columns():
    named = drift.Table.of(**LISTS)
    for by_hand in (
        drift.Table(*LISTS.values()),
        drift.Table(**{name: tuple(column) for name, column in LISTS.items()}),
        drift.Table(**{name: Series(column) for name, column in LISTS.items()}),
    ):
        assert len(by_hand) == 3
        assert drift.fit(by_hand, k=2).log_likelihood == drift.fit(named, k=2).log_likelihood
    parameters = drift.Parameters(r=1, alpha=20, a=1, b=2)
    assert drift.alive(parameters, drift.Table(2, 30, 39))[0] == drift.alive(parameters, named)[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"x": [2, -1, 0]}, r"x counts the visits after the first.*Row 1 .*has x -1, t_x 4, T 39"),
        ({"t_x": [30, 40, 0]}, r"between 0 and T.*Row 1 .*t_x 40, T 39"),
        ({"t_x": [30, 4, 3]}, r"t_x must be 0 where x is 0.*Row 2"),
        ({"T": [39, 39, -1]}, r"between 0 and T.*Row 2 "),
        ({"T": [39, None, 39]}, r"leave out rows where one is not known.*Row 1"),
        ({"log_gaps": [5.3, float("nan"), 0]}, r"leave out rows where one is not known.*Row 1"),
        ({"T": 39}, r"same length, not of x 3, t_x 3, T 1, log_gaps 3"),
        ({"T": np.array([39, 39, 39], dtype="m8[D]")}, r"^T must be a number.*divide spans by one day"),
        ({"x": ["two", 1, 0]}, r"^x must be a number"),
    ],
)
def test_a_row_that_cannot_be_is_named(change, sentence):
    for make in (drift.Table, drift.Table.of):
        with pytest.raises(ValueError, match=sentence):
            make(**{**LISTS, **change})


@pytest.mark.parametrize(
    ("row", "log_gaps"),
    [
        (0, 6.0),  # more than two equal gaps of 15 days have
        (0, 2 * np.log(15) + 0.11),
        (1, np.log(4) + 0.2),  # one gap of four days has the log of four days, no other
        (1, 1.0),
        (2, 0.7),  # nobody's gap
    ],
)
def test_log_gaps_that_no_gaps_have_are_refused(row, log_gaps):
    impossible = {**LISTS, "log_gaps": [*LISTS["log_gaps"][:row], log_gaps, *LISTS["log_gaps"][row + 1 :]]}
    with pytest.raises(ValueError, match=rf"sum of the natural logs of x gaps that add up to t_x.*Row {row} "):
        drift.Table.of(**impossible)


def test_log_gaps_of_another_unit_than_the_times_are_refused():
    days = drift.Table.of_visits([[0, 91, 175], [20], [5, 96]], until=400)
    with pytest.raises(ValueError, match="in the same unit"):
        drift.Table.of(x=days.x, t_x=days.t_x / 7, T=days.T / 7, log_gaps=days.log_gaps)


@pytest.mark.parametrize("digits", [1, 2, 3, 6])
def test_rows_as_they_are_printed_are_taken(digits):
    dice = np.random.default_rng(digits)
    patients = [[0.0, *np.cumsum(np.full(gaps, dice.uniform(2, 9)))] for gaps in dice.integers(0, 30, 200)]
    exact = drift.Table.of_visits(patients, until=400)
    printed = (np.round(column, digits) for column in (exact.t_x, exact.T, exact.log_gaps))
    t_x, until, log_gaps = printed
    # Equal gaps have the largest sum there is: rounding alone takes half of these rows above it.
    found = drift.fit(drift.Table.of(x=exact.x, t_x=t_x, T=until, log_gaps=log_gaps), k=2)
    assert found.log_likelihood == pytest.approx(drift.fit(exact, k=2).log_likelihood, abs=300 * 10.0**-digits)


def test_equal_gaps_of_any_unit_are_possible_in_single_precision_too():
    for unit in (1e-9, 1 / 7, 86400.0, 1e9):
        x, gap = np.arange(1, 200), np.float32(3.7 * unit)
        table = drift.Table.of(x=x, t_x=(x * gap).astype(np.float32), T=x * gap * 2, log_gaps=x * np.log(gap))
        assert len(table) == 199


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        ([[1, 2], []], r"visits\[1\] is empty"),
        ([[1, 2], [3, 3]], r"visits of one day count once: look at visits\[1\]"),
        ([[1, 2], [3, 9]], r"visits\[1\] ends at 9, after `until`, which is 5"),
        ([[1, 2], [3, float("nan")]], r"visits\[1\]"),
    ],
)
def test_visits_that_cannot_be_are_named(visits, sentence):
    with pytest.raises(ValueError, match=sentence):
        drift.Table.of_visits(visits, until=5)


def test_nobody_is_a_table_too():
    nobody = drift.Table.of_visits([], until=400)
    assert drift.expected_visits(drift.Parameters(r=1, alpha=20, a=1, b=2), nobody, 365).size == 0
    with pytest.raises(ValueError, match="WEAK_PRIOR"):
        drift.fit(nobody)


@pytest.mark.parametrize("wrong", [{"r": "one"}, {"r": np.array([1, 2])}, {"r": float("nan")}, {"k": True}, {"k": 101}])
def test_parameters_are_numbers(wrong):
    with pytest.raises(ValueError, match=rf"{next(iter(wrong))} .*|must be"):
        drift.Parameters(**{"r": 1, "alpha": 1, "a": 1, "b": 1, **wrong})
    assert drift.Parameters(r=np.float32(1), alpha="2", a=1, b=1, k=2.0) == drift.Parameters(
        r=1, alpha=2, a=1, b=1, k=2
    )
