"""The table marks what is over its budget, and the exit code follows."""

import pytest

from tests.bench.table import Budget, Of, Row, exit_code, text


def row(*, ours: float, usual: float | None = None, budget: Budget | None = None, work: str = "some work") -> Row:
    return Row(work=work, unit="ms", ours=ours, usual=usual, budget=budget)


def test_a_ratio_below_its_budget_is_over() -> None:
    five_times = Budget(of=Of.RATIO, limit=5)
    assert row(ours=20, usual=99, budget=five_times).verdict == "OVER"
    assert row(ours=20, usual=100, budget=five_times).verdict == "OK"


def test_a_number_above_its_budget_is_over() -> None:
    at_most_forty = Budget(of=Of.OURS, limit=40)
    assert row(ours=40.1, budget=at_most_forty).verdict == "OVER"
    assert row(ours=40, budget=at_most_forty).verdict == "OK"


def test_the_run_fails_when_one_row_is_over() -> None:
    within = row(ours=10, budget=Budget(of=Of.OURS, limit=40))
    over = row(ours=50, budget=Budget(of=Of.OURS, limit=40))
    assert exit_code([within]) == 0
    assert exit_code([within, over]) == 1


def test_what_depends_on_the_machine_is_marked_and_does_not_fail_the_run() -> None:
    slow_here = row(ours=50, budget=Budget(of=Of.OURS, limit=40, decides=False))
    assert exit_code([slow_here]) == 0
    assert "over here" in text([slow_here]).splitlines()[2]


def test_a_row_without_a_budget_is_only_shown() -> None:
    shown = row(ours=1_000)
    assert shown.verdict == ""
    assert exit_code([shown]) == 0


def test_each_line_of_the_table_says_usual_ours_ratio_budget_and_verdict() -> None:
    table = text(
        [
            row(work="make a practice", ours=40, usual=449, budget=Budget(of=Of.RATIO, limit=5)),
            row(work="claim", ours=25, budget=Budget(of=Of.OURS, limit=20)),
        ]
    )
    made, claimed = table.splitlines()[2:4]
    assert made.split() == ["make", "a", "practice", "449", "ms", "40", "ms", "11.2×", "≥", "5×", "OK"]
    assert claimed.split() == ["claim", "25", "ms", "≤", "20", "ms", "OVER"]


def test_a_ratio_without_the_usual_way_is_refused() -> None:
    with pytest.raises(ValueError, match="usual way"):
        row(ours=1, budget=Budget(of=Of.RATIO, limit=5))
