"""More small networks, as in `infra.attack.cases`: who comes and who goes when a quarter begins."""

from infra.attack.case import Case, Network
from infra.attack.views import Value


def left() -> Case:
    network = Network(months=4)
    network.add([25] * 5)
    others = network.add([58] * 6)
    (alone,) = network.add([80])
    network.leave(alone, 3)
    network.add([25] * 5, since=3)
    network.change(others, 3, 50)
    return Case(
        rule="at least 5 who leave, whoever joins",
        how="Five join when one leaves. Nobody has much any more, and nobody who stays can have lost so much at once.",
        story=network.story(),
        target=Value(alone, 2),
        attackers=(others[0], others[1]),
        using=("All practices, 2026-03", "All practices, 2026-04"),
    )


def parted() -> Case:
    network = Network(months=4)
    network.add([25] * 6, region="South")
    network.add([25] * 2)
    others = network.add([50] * 7)
    network.add([25] * 4, region="South", since=3)
    (alone,) = network.add([96], since=3)
    network.change(others, 3, 58)
    return Case(
        rule="at least 5 who join in each piece",
        how="Five join, four of them in a region that is shown from then on. What is high is not theirs.",
        story=network.story(),
        target=Value(alone, 3),
        attackers=(others[0], others[1]),
        using=("All practices, 2026-03", "All practices, 2026-04", "South, 2026-04"),
    )


CASES_OF_CHANGES = (left, parted)
