"""Make the releases of one month: read what the network holds, have each cell decided, write each version once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from loyalty.benchmarks.cohorts import EVERYBODY, Cohort, cohorts_of
from loyalty.benchmarks.decide import Decided, Key, Network, Published, Reported, decide_month
from loyalty.benchmarks.disclosure import Practices, Publish, Suppressed
from loyalty.benchmarks.models import Basis, CohortKind, Contribution, Release
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import RELEASED
from loyalty.metrics.windows import WINDOW_MONTHS, Month
from tenants.models import Practice

PERCENTILE_COLUMNS = ("p10", "p25", "p50", "p75", "p90")


def release_month(month: Month, *, now: datetime) -> list[Release]:
    """Decide every cell of a month and write what is new; published and hidden ones alike.

    A metric that nobody has ever contributed to is left out: there is nothing to hide. One metric after the other,
    so that no more than one metric's history is in memory.
    """
    members = _members()
    # One object for each practice: sets of the same objects are compared many times as fast as sets of equal ones.
    ids = _Once(UUID, {str(practice): practice for practices in members.values() for practice in practices})
    written = []
    with transaction.atomic():
        for definition in RELEASED:
            if Contribution.objects.filter(metric=definition.key).exists():
                decided = decide_month(_network(month, definition, members, ids), [definition])
                written += _write(month, decided, now)
    return written


def _members() -> dict[Cohort, Practices]:
    """Who may count in each cohort: everybody who is active and agreed."""
    found: dict[Cohort, set[UUID]] = defaultdict(set)
    practices = Practice.objects.filter(status=Practice.Status.ACTIVE, aggregation_agreed_at__isnull=False)
    for practice, size_band, region in practices.values_list("id", "size_band", "region"):
        for cohort in cohorts_of(size_band=size_band, region=region):
            found[cohort].add(practice)
    return {cohort: frozenset(practices) for cohort, practices in found.items()}


def _network(month: Month, definition: Definition, members: dict[Cohort, Practices], ids: "_Once") -> Network:
    everybody = members.get(EVERYBODY, frozenset())
    contributed = Contribution.objects.filter(
        metric=definition.key, definition_version=definition.version, month=month.first
    )
    reported = {
        ids[str(practice)]: Reported(value, changed_at)
        for practice, value, changed_at in contributed.values_list("practice_id", "value", "computed_at")
        if practice in everybody
    }
    return Network(
        month=month,
        members=members,
        reported={(definition.key, definition.version): reported},
        published=_published_around(month, definition, ids),
        versions={
            (definition.key, cohort): release.version
            for (_, cohort), release in newest(Release.objects.filter(metric=definition.key, month=month.first)).items()
        },
    )


def _published_around(month: Month, definition: Definition, ids: "_Once") -> dict[Key, list[Published]]:
    bases = Basis.objects.filter(
        release__metric=definition.key,
        release__month__gt=month.shifted(-WINDOW_MONTHS).first,
        release__month__lt=month.shifted(WINDOW_MONTHS).first,
    ).select_related("release")
    found: dict[Key, list[Published]] = defaultdict(list)
    moments = _Once(datetime.fromisoformat)
    for basis in bases.order_by("-release__month", "-release__version"):
        release = basis.release
        stamps = {ids[practice]: moments[stamp] for practice, stamp in basis.contributors.items()}
        figures = Quantiles(*(getattr(release, column) for column in PERCENTILE_COLUMNS))
        published = Published(Month.of(release.month), release.version, stamps, figures)
        found[release.metric, cohort_of(release)].append(published)
    return found


class _Once(dict[str, Any]):
    """What texts mean: each is read once, however often it is written in the bases."""

    def __init__(self, read: Callable[[str], Any], known: Mapping[str, Any] | None = None) -> None:
        super().__init__(known or {})
        self._read = read

    def __missing__(self, text: str) -> Any:
        self[text] = found = self._read(text)
        return found


def _write(month: Month, decided: Iterable[Decided], now: datetime) -> list[Release]:
    releases, bases = [], []
    for one in decided:
        release = Release(
            metric=one.definition.key,
            definition_version=one.definition.version,
            cohort_kind=one.cohort.kind,
            cohort=one.cohort.value,
            month=month.first,
            version=one.version,
            released_at=now,
            why=one.why,
        )
        match one.decision:
            case Suppressed(rule=rule):
                release.rule = rule.key
            case Publish(figures=figures, contributors_shown=shown):
                release.contributors_floor = shown
                for column, figure in zip(PERCENTILE_COLUMNS, figures, strict=True):
                    setattr(release, column, figure)
                contributors = {str(practice): stamp.isoformat() for practice, stamp in one.stamps.items()}
                bases.append(Basis(release=release, contributors=contributors))
        releases.append(release)
    Release.objects.bulk_create(releases)
    Basis.objects.bulk_create(bases)
    return releases


def newest(releases: Iterable[Release]) -> dict[Key, Release]:
    """The latest version of each metric and cohort, of releases of one month."""
    latest: dict[Key, Release] = {}
    for release in releases:
        key = release.metric, cohort_of(release)
        if key not in latest or latest[key].version < release.version:
            latest[key] = release
    return latest


def cohort_of(release: Release) -> Cohort:
    return Cohort(CohortKind(release.cohort_kind), release.cohort)
