"""A small network for each rule of disclosure control, in which only that rule keeps somebody from being worked out.

In most of them the others have one of two values, and one practice has not. The attackers are two
of the others. All values are shares in percent.
"""

from infra.attack.case import Case, Network
from infra.attack.cases_of_changes import CASES_OF_CHANGES
from infra.attack.cases_of_figures import CASES_OF_FIGURES
from infra.attack.views import Value

SPREAD = (22.0, 28.0, 34.0, 39.0, 44.0, 47.0, 53.0, 56.0, 61.0, 66.0, 72.0, 79.0)


def few() -> Case:
    network = Network()
    network.add(SPREAD)
    trio = network.add([50, 50, 90], region="South")
    return Case(
        rule="at least 10 practices in a group",
        how="Two of the three in a region take themselves off it.",
        story=network.story(),
        target=Value(trio[2], 0),
        attackers=(trio[0], trio[1]),
        using=("South",),
    )


def rest() -> Case:
    network = Network()
    north = network.add([30] * 5 + [50] * 6, region="North")
    (alone,) = network.add([90])
    return Case(
        rule="at least 10 outside a group",
        how="One practice is in no region: everybody less the region is that practice.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(north[0], north[1]),
    )


def crossing() -> Case:
    network = Network()
    south = network.add([30] * 5 + [50] * 6, region="South", size="large")
    (alone,) = network.add([90], size="large")
    network.add([31], region="", size="")
    network.add(SPREAD)
    return Case(
        rule="at least 10 between groups that cross",
        how="All of a region are large, and one large practice is elsewhere: the size less the region is that one.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(south[0], south[1]),
        using=("South", "9 or more"),
    )


def quarter() -> Case:
    network = Network(months=2)
    network.add([30] * 6 + [50] * 6)
    first, second, *three = late = network.add([50, 50, 95, 95, 95])
    # All five report the first month late, and would join its revision.
    for number in late:
        network.corrected_at[Value(number, 0)] = 1
    return Case(
        rule="the same practices all quarter",
        how="Five report a month late and join its revision; two of them take themselves off the difference.",
        story=network.story(),
        target=Value(three[0], 0),
        attackers=(first, second),
        using=("All practices, 2026-01",),
    )


def changed() -> Case:
    network = Network(months=4)
    network.add([25] * 6)
    others = network.add([50] * 6)
    (alone,) = network.add([77.6], since=3)
    network.change(others, 3, 55)
    return Case(
        rule="a group changes by some or not at all",
        how="One practice joins with a new quarter: the new month less the one before is that practice.",
        story=network.story(),
        target=Value(alone, 3),
        attackers=(others[0], others[1]),
        using=("All practices, 2026-03", "All practices, 2026-04"),
    )


def joined() -> Case:
    network = Network(months=4)
    network.add([25] * 6)
    others = network.add([50] * 6)
    one, two, third = network.add([80, 80, 77.6], since=3)
    network.change(others, 3, 55)
    return Case(
        rule="a group changes by at least 5, not 3",
        how="Three practices join with a new quarter; two of them take themselves off, and the third is left.",
        story=network.story(),
        target=Value(third, 3),
        attackers=(one, two),
        using=("All practices, 2026-03", "All practices, 2026-04"),
    )


def elsewhere() -> Case:
    network = Network(months=4)
    worse = network.add([25] * 5, region="South")
    south = network.add([50] * 6, region="South")
    (alone,) = network.add([77.6])
    network.add([31])
    others = network.add(SPREAD)
    network.regroup(3, dict.fromkeys([*worse, *south, alone], "large") | dict.fromkeys(others, "small"))
    network.change(south, 3, 55)
    return Case(
        rule="at least 5 between groups of different months",
        how="The regions end, and a size holds all of one of them and one more practice.",
        story=network.story(),
        target=Value(alone, 3),
        attackers=(south[0], south[1]),
        using=("South, 2026-03", "9 or more providers, 2026-04"),
    )


def corrections() -> Case:
    network = Network(months=2)
    others = network.add([30] * 5 + [50] * 6)
    (alone,) = network.add([50])
    target = network.correct(alone, wrong=50, right=90)
    return Case(
        rule="at least 5 corrections in a revision",
        how="One practice corrects its figure: the revision less the first version is that practice.",
        story=network.story(),
        target=target,
        attackers=(others[0], others[1]),
        using=("All practices, 2026-01",),
    )


def small() -> Case:
    network = Network()
    others = network.add([50] * 11)
    (alone,) = network.add([60], small=True)
    return Case(
        rule="at least 11 patients behind a figure",
        how="Of five patients only 0, 20, 40, 60, 80 or 100 % can be; of eleven the steps are less than a tenth.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(others[0], others[1]),
        outcomes=5,
    )


CASES = (
    *(few, rest, crossing, quarter, changed, joined, elsewhere, corrections, small),
    *CASES_OF_CHANGES,
    *CASES_OF_FIGURES,
)
