"""How habits go with return: a rank correlation over many practices, rounded, held back by the rules."""

import pytest
from django.db import DatabaseError, transaction

from core.tenancy.scope import practice_scope
from loyalty.benchmarks.associate import RETURN, associations
from loyalty.benchmarks.correlation import rank_correlation
from loyalty.benchmarks.models import Association
from loyalty.metrics.windows import Month
from tests.benchmarks.network import METRIC, close, contribute, practices

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


def found(month=NOVEMBER, habit=METRIC):
    return next(one for one in associations(month.first) if one.habit == habit)


def test_ranks_are_those_of_spearman_and_the_interval_that_of_bonett_and_wright():
    # scipy.stats.spearmanr gives .922172 for these, the two that tie at their mean rank.
    one, other = [1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 5, 5, 9, 7]
    got = rank_correlation(one, other)
    assert (round(got.r, 3), round(got.low, 3), round(got.high, 3)) == (0.922, 0.506, 0.99)
    assert rank_correlation([1, 1, 1, 1], [1, 2, 3, 4]) is None
    assert rank_correlation([1, 2, 3], [1, 2, 3]) is None
    with pytest.raises(ValueError, match="one value a practice"):
        rank_correlation([1], [])


def test_it_is_told_of_ten_practices_rounded_to_a_twentieth(db):
    members = practices(13)
    contribute(members, "2026-11")
    contribute([*members[6:], *members[:6]], "2026-11", metric=RETURN)
    close("2026-11")
    tie = found()
    assert (tie.rule, tie.contributors_floor) == ("", 10)
    assert all(round(value * 20, 9) == round(value * 20) for value in (tie.r, tie.low, tie.high))
    assert "contributors" in tie.get_deferred_fields()
    assert found(habit="preview_coverage").rule == "few"


def test_fewer_than_ten_who_report_both_are_hidden(db):
    members = practices(18)
    contribute(members[:12], "2026-11")
    contribute(members[3:], "2026-11", metric=RETURN)
    close("2026-11")
    assert (found().rule, found().r) == ("few", None)


def test_where_everybody_does_it_alike_nothing_goes_with_it(db):
    members = practices(12)
    contribute(members, "2026-11", step=0)
    contribute(members, "2026-11", metric=RETURN)
    close("2026-11")
    assert (found().rule, found().r) == ("no-spread", None)


def test_practices_that_differ_by_fewer_than_five_hold_it_back(db):
    """Each of the two cells changes by five or more, and those who are in both by one."""
    january, members = Month(2027, 1), practices(23)
    of_habit = {DECEMBER: members[:14], january: members[:19]}
    of_return = {DECEMBER: members[:14], january: [*members[:14], *members[18:]]}
    for month in of_habit:
        contribute(of_habit[month], str(month))
        contribute(of_return[month], str(month), metric=RETURN)
        close(str(month))
    assert found(DECEMBER).rule == ""
    assert found(january).rule == "held"


def test_one_who_is_no_longer_in_both_holds_it_back_though_six_are_new(db):
    """Of the one cell six are new; of the other, too, and five are gone, of whom four were not in both."""
    january, members = Month(2027, 1), practices(30)
    both, elsewhere, new = members[:16], members[20:24], members[24:]
    of_habit = {DECEMBER: members[:20], january: [*members[:20], *new]}
    of_return = {DECEMBER: [*both, *elsewhere], january: [*both[1:], *new]}
    for month in of_habit:
        contribute(of_habit[month], str(month))
        contribute(of_return[month], str(month), metric=RETURN)
        close(str(month))
    assert found(DECEMBER).rule == ""
    assert found(january).rule == "held"


def test_it_is_compared_only_with_what_rests_on_the_same_days(db):
    """A year later no day is in both, so that one who does not report both any more does not hide it."""
    before, members = Month(2025, 12), practices(14)
    for month, reporting in {before: members, DECEMBER: members[1:]}.items():
        contribute(reporting, str(month))
        contribute(reporting, str(month), metric=RETURN)
        close(str(month))
    assert (found(before).rule, found(DECEMBER).rule) == ("", "")


def test_no_practice_reads_it(aurora):
    with practice_scope(aurora), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Association.objects.count()
