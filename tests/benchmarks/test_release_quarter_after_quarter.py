"""Whose figures a release is made of when practices join and leave, by the quarter, in the network's schema."""

import pytest

from tenants.models import Practice
from tests.benchmarks.network import close, contribute, practices, release

pytestmark = pytest.mark.django_db


def test_within_a_quarter_whoever_joins_waits():
    members = practices(12)
    contribute(members, "2026-10")
    close("2026-10")
    contribute([*members, *practices(5)], "2026-11", step=2.0)
    close("2026-11")
    assert set(release("2026-11").basis.contributors) == {str(member.id) for member in members}


def test_with_a_new_quarter_five_who_joined_count():
    members = practices(12)
    contribute(members, "2026-09")
    close("2026-09")
    contribute([*members, *practices(5)], "2026-10")
    close("2026-10")
    assert len(release("2026-10").basis.contributors) == 17
    assert release("2026-10").contributors_floor == 15


def test_with_a_new_quarter_four_who_joined_go_on_waiting():
    members = practices(12)
    contribute(members, "2026-09")
    close("2026-09")
    contribute([*members, *practices(4)], "2026-10")
    close("2026-10")
    assert set(release("2026-10").basis.contributors) == {str(member.id) for member in members}


def test_with_a_new_quarter_one_who_left_hides_no_benchmark_and_four_others_stand_aside():
    members = practices(15, region="South")
    others = practices(12, region="North")
    contribute([*members, *others], "2026-09")
    close("2026-09")
    Practice.objects.filter(id=members[0].id).update(status="left", left_on="2026-10-01")
    contribute([*members[1:], *others], "2026-10")
    close("2026-10")
    everybody, north = release("2026-10"), release("2026-10", kind="region", cohort="North")
    assert (everybody.rule, everybody.contributors_floor) == ("", 20)
    # The region that nobody left is as it was, and that of who left is shown without the five.
    assert set(north.basis.contributors) == {str(member.id) for member in others}
    south = release("2026-10", kind="region", cohort="South").basis.contributors
    assert (len(south), set(south) <= set(everybody.basis.contributors)) == (10, True)
    assert everybody.basis.contributors.keys() - south.keys() == north.basis.contributors.keys()


@pytest.mark.parametrize("month", ["2026-10", "2026-11"], ids=["of twelve, in a new quarter", "within the quarter"])
def test_if_one_stops_contributing_the_cell_is_held(month):
    members = practices(12)
    for before in ("2026-09", "2026-10")[: 1 if month == "2026-10" else 2]:
        contribute(members, before)
        close(before)
    contribute(members[1:], month)
    close(month)
    assert release(month).rule == "held"
