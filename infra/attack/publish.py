"""Pass a made-up network through disclosure control, as every close of a month does, and keep all that is released."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from infra.attack.story import Story
from infra.attack.views import Value, View, Weights, smoothed_weights
from loyalty.benchmarks.close_month import REVISED_MONTHS
from loyalty.benchmarks.cohorts import Cohort
from loyalty.benchmarks.decide import CONTROL, Control, Key, Network, Published, Reported, decide_month
from loyalty.benchmarks.disclosure import Publish
from loyalty.metrics.windows import WINDOW_MONTHS, Month

FIRST = Month(2026, 1)
# How far an exact figure may be off where programs are solved in floating point.
UNROUNDED = 1e-4
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """How a network is released. weights and rounds describe `control.summarize` to the attacker.

    takes_small: figures of fewer than 11 patients count as well. filters: any region may be crossed with any size,
    which under control no group of ten comes of. counts: the number of practices is shown as it is.
    """

    control: Control = CONTROL
    weights: Weights = smoothed_weights
    rounds: bool = True
    takes_small: bool = False
    filters: bool = False
    counts: bool = False


CONTROLLED = Release()


@dataclass(slots=True)
class Released:
    """views: the published versions. hidden: how many cells were hidden, by the rule that hid them."""

    views: list[View] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)


def publish(story: Story, release: Release = CONTROLLED) -> Released:
    """Close every month of the story, one after the other, each with the revisions that come with it."""
    released = Released()
    published: list[tuple[Key, Published]] = []
    versions: dict[tuple[int, Key], int] = {}
    for now in range(story.months):
        for month in range(now, max(now - REVISED_MONTHS, 0) - 1, -1):
            network = _network(story, month, now, published, versions, release)
            for decided in decide_month(network, [story.definition], control=release.control):
                key = (story.definition.key, decided.cohort)
                versions[month, key] = decided.version
                if not isinstance(decided.decision, Publish):
                    rule = decided.decision.rule.key
                    released.hidden[rule] = released.hidden.get(rule, 0) + 1
                    continue
                published.append((key, network.published[key][0]))
                values = tuple(sorted(_reported(story, id_.int, month, now) for id_ in decided.stamps))
                released.views.append(
                    View(
                        month=month,
                        values=values,
                        figures=tuple(decided.decision.figures),
                        weights=release.weights,
                        slack=story.definition.precision / 2 if release.rounds else UNROUNDED,
                        name=f"{decided.cohort.name}, {FIRST.shifted(month)}, version {decided.version}",
                        group=decided.cohort.name,
                        counted=len(values) if release.counts else decided.decision.contributors_shown,
                    )
                )
        if release.filters:
            released.views += _filtered(story, now, release)
    return released


def _filtered(story: Story, month: int, release: Release) -> list[View]:
    """What a page answers that lets its reader cross one filter with another."""
    groups: dict[tuple[str, str], list[Value]] = {}
    for member in story.members_in(month):
        value = story.edition(member.number, month, month)
        if value is not None and month in member.months:
            groups.setdefault((member.region, member.size_band), []).append(value)
    return [
        View(
            month=month,
            values=tuple(values),
            figures=tuple(release.control.summarize([story.values[value] for value in values], story.definition)),
            weights=release.weights,
            slack=story.definition.precision / 2 if release.rounds else UNROUNDED,
            name=f"{region} and {size}, {FIRST.shifted(month)}",
            group=f"{region} and {size}",
        )
        for (region, size), values in groups.items()
    ]


def _network(
    story: Story,
    month: int,
    now: int,
    published: list[tuple[Key, Published]],
    versions: Mapping[tuple[int, Key], int],
    release: Release,
) -> Network:
    members: dict[Cohort, set[UUID]] = {}
    reported = {}
    for member in story.members_in(now):
        # Whoever left stops contributing, to revisions of earlier months too.
        if now not in member.months:
            continue
        for cohort in member.cohorts:
            members.setdefault(cohort, set()).add(UUID(int=member.number))
        value = story.edition(member.number, month, now)
        if value is not None and (release.takes_small or month not in member.small):
            changed_at = BEGUN + timedelta(days=value.edition)
            reported[UUID(int=member.number)] = Reported(story.values[value], changed_at)
    around: dict[Key, list[Published]] = {}
    this = FIRST.shifted(month)
    latest_first = sorted(published, key=lambda one: (one[1].month, one[1].version), reverse=True)
    for key, one in latest_first:
        if this.shifted(-WINDOW_MONTHS) < one.month < this.shifted(WINDOW_MONTHS):
            around.setdefault(key, []).append(one)
    return Network(
        month=this,
        members={cohort: frozenset(ids) for cohort, ids in members.items()},
        reported={(story.definition.key, story.definition.version): reported},
        published=around,
        versions={key: version for (of, key), version in versions.items() if of == month},
    )


def _reported(story: Story, member: int, month: int, now: int) -> Value:
    value = story.edition(member, month, now)
    assert value is not None, "who counts has reported"  # noqa: S101
    return value
