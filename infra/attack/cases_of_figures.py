"""More small networks, as in `infra.attack.cases`: what figures themselves say, and several releases together."""

from infra.attack.case import Case, Network
from infra.attack.story import Story
from infra.attack.views import Value
from loyalty.metrics.definitions import DEFINITIONS

HOURS = DEFINITIONS["note_hours"]


def alike() -> Case:
    network = Network()
    (lowest,) = network.add([10])
    others = network.add([46, 48, 49, 50, 50, 51, 52, 53])
    (highest,) = network.add([90])
    return Case(
        rule="others not all alike",
        how="All but two are much alike. The two take themselves off, and know the others far better than a reader.",
        story=network.story(),
        target=Value(others[4], 0),
        attackers=(lowest, highest),
    )


def crossed() -> Case:
    network = Network(months=2)
    south = network.add([30] * 5 + [50] * 5, region="South")
    (alone,) = network.add([95], region="South")
    others = network.add([50] * 6 + [30] * 6)
    network.correct(alone, wrong=95, right=50)
    for number in others[:5]:
        network.correct(number, wrong=50, right=51)
    return Case(
        rule="at least 5 corrections in each piece",
        how="Somebody in a region has 95; a revision of everybody says that nobody has, and one of it was corrected.",
        story=network.story(),
        target=Value(alone, 0),
        attackers=(south[0], others[0]),
        using=("South, 2026-01", "All practices, 2026-01, version 2"),
    )


def rounding() -> Case:
    network = Network(metric=HOURS)
    first, second = network.add([9, 10])
    others = network.add([15] * 8)
    return Case(
        rule="figures are rounded",
        how="All but two have 15 hours. To the last digit, their lowest figure less the two is exactly that.",
        story=network.story(),
        target=Value(others[0], 0),
        attackers=(first, second),
    )


def numbers() -> Case:
    story, attackers, target = _joined(target=95, beside=(95, 95))
    return Case(
        rule="the number of practices in fives",
        how="Two join and read that 12 became 17: what is high now is of the three who joined with them, all of them.",
        story=story,
        target=target,
        attackers=attackers,
        using=("All practices, 2026-03", "All practices, 2026-04"),
        another=_joined(target=58, beside=(95, 95, 95))[0],
    )


def _joined(*, target: float, beside: tuple[float, ...]) -> tuple[Story, tuple[int, int], Value]:
    """Twelve practices, and from the fourth month on two more, the target, and those `beside`."""
    network = Network(months=4)
    network.add([20] * 6)
    better = network.add([50] * 6)
    network.change(better, 3, 58)
    first, second = network.add([58, 58], since=3)
    (third,) = network.add([target], since=3)
    network.add(beside, since=3)
    return network.story(), (first, second), Value(third, 3)


CASES_OF_FIGURES = (alike, crossed, rounding, numbers)
