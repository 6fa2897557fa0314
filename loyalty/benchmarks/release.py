"""Make the releases of one month: read what the network holds, have each cell decided, write each version once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

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
    """`release_months` of a single one; returns what was written."""
    return release_months([month], now=now)[month]


def release_months(months: Sequence[Month], *, now: datetime) -> dict[Month, list[Release]]:
    """Decide every cell of the months, one month after the other, and write what is new; published and hidden alike.

    A metric that nobody has ever contributed to is left out: there is nothing to hide. One metric after the other,
    so that no more than one metric's history is in memory; and all months of it at once, because what is released
    around one of them is nearly all released around the next.
    """
    members = _members()
    # One object for each practice: sets of the same objects are compared many times as fast as sets of equal ones.
    ids = _Once(UUID, {str(practice): practice for practices in members.values() for practice in practices})
    written: dict[Month, list[Release]] = {month: [] for month in months}
    bases: list[Basis] = []
    with transaction.atomic():
        known, versions = (
            set(Contribution.objects.order_by().values_list("metric", flat=True).distinct()),
            _versions(months),
        )
        for definition in RELEASED:
            if definition.key in known:
                history = _History(months, definition, members, ids)
                for month in months:
                    network = history.network(month, versions[month])
                    for one in decide_month(network, [definition]):
                        release, basis = _rows(month, one, now)
                        written[month].append(release)
                        if basis is not None:
                            history.add(month, one)
                            bases.append(basis)
        Release.objects.bulk_create([release for releases in written.values() for release in releases])
        Basis.objects.bulk_create(bases)
    return written


def _members() -> dict[Cohort, Practices]:
    """Who may count in each cohort: everybody who is active and agreed."""
    found: dict[Cohort, set[UUID]] = defaultdict(set)
    practices = Practice.objects.filter(status=Practice.Status.ACTIVE, aggregation_agreed_at__isnull=False)
    for practice, size_band, region in practices.values_list("id", "size_band", "region"):
        for cohort in cohorts_of(size_band=size_band, region=region):
            found[cohort].add(practice)
    return {cohort: frozenset(practices) for cohort, practices in found.items()}


def _versions(months: Sequence[Month]) -> dict[Month, dict[Key, int]]:
    """The latest version of each cell of the months, of hidden ones too."""
    found: dict[Month, dict[Key, int]] = {month: {} for month in months}
    cells = Release.objects.filter(month__in=[month.first for month in months])
    for month, metric, kind, value, version in cells.values_list(
        "month", "metric", "cohort_kind", "cohort", Max("version")
    ):
        found[Month.of(month)][metric, Cohort(CohortKind(kind), value)] = version
    return found


class _History:
    """What was contributed to one metric for some months, and what is published of it around them."""

    def __init__(
        self, months: Sequence[Month], definition: Definition, members: dict[Cohort, Practices], ids: "_Once"
    ) -> None:
        self._definition = definition
        self._members = members
        self._published = _published_around(months, definition, ids)
        everybody = members.get(EVERYBODY, frozenset())
        contributed = Contribution.objects.filter(
            metric=definition.key,
            definition_version=definition.version,
            month__in=[month.first for month in months],
        )
        self._reported: dict[Month, dict[UUID, Reported]] = {month: {} for month in months}
        for month, practice, value, changed_at in contributed.values_list(
            "month", "practice_id", "value", "computed_at"
        ):
            if practice in everybody:
                self._reported[Month.of(month)][ids[str(practice)]] = Reported(value, changed_at)

    def network(self, month: Month, versions: Mapping[Key, int]) -> Network:
        first, last = month.shifted(1 - WINDOW_MONTHS), month.shifted(WINDOW_MONTHS - 1)
        published: dict[Key, list[Published]] = {}
        for cohort, found in self._published.items():
            if around := [one for one in found if first <= one.month <= last]:
                published[self._definition.key, cohort] = sorted(around, key=_when, reverse=True)
        return Network(
            month=month,
            members=self._members,
            reported={(self._definition.key, self._definition.version): self._reported[month]},
            published=published,
            versions=versions,
        )

    def add(self, month: Month, decided: Decided) -> None:
        """What was just published counts for the months decided after it."""
        if isinstance(decided.decision, Publish):
            self._published[decided.cohort].append(
                Published(month, decided.version, decided.stamps, decided.decision.figures)
            )


def _when(published: Published) -> tuple[Month, int]:
    return published.month, published.version


def _published_around(
    months: Sequence[Month], definition: Definition, ids: "_Once"
) -> defaultdict[Cohort, list[Published]]:
    bases = Basis.objects.filter(
        release__metric=definition.key,
        release__month__gt=min(months).shifted(-WINDOW_MONTHS).first,
        release__month__lt=max(months).shifted(WINDOW_MONTHS).first,
    )
    moments = _Once(datetime.fromisoformat)
    found: defaultdict[Cohort, list[Published]] = defaultdict(list)
    columns = ("month", "version", "cohort_kind", "cohort", *PERCENTILE_COLUMNS)
    for contributors, month, version, kind, value, *figures in bases.values_list(
        "contributors", *(f"release__{column}" for column in columns)
    ):
        stamps = {ids[practice]: moments[stamp] for practice, stamp in contributors.items()}
        cohort = Cohort(CohortKind(kind), value)
        found[cohort].append(Published(Month.of(month), version, stamps, Quantiles(*figures)))
    return found


class _Once(dict[str, Any]):
    """What texts mean: each is read once, however often it is written in the bases."""

    def __init__(self, read: Callable[[str], Any], known: Mapping[str, Any] | None = None) -> None:
        super().__init__(known or {})
        self._read = read

    def __missing__(self, text: str) -> Any:
        self[text] = found = self._read(text)
        return found


def _rows(month: Month, one: Decided, now: datetime) -> tuple[Release, Basis | None]:
    """As it is written; a hidden cell rests on nobody."""
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
            return release, None
        case Publish(figures=figures, contributors_shown=shown):
            release.contributors_floor = shown
            for column, figure in zip(PERCENTILE_COLUMNS, figures, strict=True):
                setattr(release, column, figure)
            contributors = {str(practice): stamp.isoformat() for practice, stamp in one.stamps.items()}
            return release, Basis(release=release, contributors=contributors)


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
