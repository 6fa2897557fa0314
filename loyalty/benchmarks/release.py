"""Make the releases of one month: per metric and cohort, through disclosure control, each version written once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from loyalty.benchmarks.cohorts import EVERYBODY, Cohort, cohorts_of
from loyalty.benchmarks.contributors import choose_contributors
from loyalty.benchmarks.disclosure import (
    Cell,
    Practices,
    Publish,
    Suppressed,
    changed_contributors,
    holds_back_revision,
    quantile_cell,
)
from loyalty.benchmarks.models import Basis, CohortKind, Contribution, Release
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import RELEASED
from loyalty.metrics.windows import WINDOW_MONTHS, Month
from tenants.models import Practice

CORRECTED = "At least 3 practices corrected their figures."
NO_LONGER_HIDDEN = "It was hidden before."


@dataclass(frozen=True, slots=True)
class Published:
    """The contributors of a published cell, and when the contribution of each had last changed."""

    month: Month
    version: int
    stamps: Mapping[UUID, datetime]

    @property
    def contributors(self) -> Practices:
        return frozenset(self.stamps)


class Network:
    """What the network holds for one month: who contributes what, who belongs where, what was published around it."""

    def __init__(self, month: Month) -> None:
        self.month = month
        practices = Practice.objects.filter(status=Practice.Status.ACTIVE, aggregation_agreed_at__isnull=False)
        self._members: dict[Cohort, set[UUID]] = defaultdict(set)
        for practice in practices:
            for cohort in cohorts_of(size_band=practice.size_band, region=practice.region):
                self._members[cohort].add(practice.id)
        self._contributions: dict[tuple[str, int], dict[UUID, Contribution]] = defaultdict(dict)
        for row in Contribution.objects.filter(month=month.first, practice__in=practices):
            self._contributions[row.metric, row.definition_version][row.practice_id] = row
        # Metrics that any practice has contributed to in any month.
        self.recorded = set(Contribution.objects.order_by().values_list("metric", flat=True).distinct())
        self._published = _published_around(month)
        self._latest = _latest_versions(month)

    @property
    def cohorts(self) -> list[Cohort]:
        """Everybody first, because the others are taken out of it."""
        return sorted(self._members, key=lambda cohort: (cohort != EVERYBODY, cohort.kind, cohort.value))

    def members(self, cohort: Cohort) -> Practices:
        return frozenset(self._members[cohort])

    def contributions(self, definition: Definition) -> dict[UUID, Contribution]:
        return self._contributions[definition.key, definition.version]

    def published(self, definition: Definition, cohort: Cohort) -> list[Published]:
        """Of this cell, in all months whose window overlaps, the latest first."""
        return self._published[definition.key, cohort]

    def shown(self, definition: Definition, cohort: Cohort) -> Published | None:
        """What is published of this month's cell now, if anything."""
        return next((p for p in self.published(definition, cohort) if p.month == self.month), None)

    def note(self, definition: Definition, cohort: Cohort, published: Published) -> None:
        """Count a cell that was just published, for the cells decided after it."""
        self._published[definition.key, cohort].insert(0, published)

    def latest(self, definition: Definition, cohort: Cohort) -> Release | None:
        """The latest version of this month's cell."""
        return self._latest.get((definition.key, cohort))


def release_month(month: Month, *, now: datetime) -> list[Release]:
    """Decide every cell of a month and write what is new; published and hidden ones alike.

    A metric that nobody has ever contributed to is left out: there is nothing to hide.
    Where a cell has no version yet its first one is written. Where it has one, this is a scheduled revision: a
    published cell gets another version only if at least three contributors changed and its figures are different
    now; a hidden one only if it may be shown now.
    """
    network = Network(month)
    written = []
    for definition in RELEASED:
        if definition.key not in network.recorded:
            continue
        for cohort in network.cohorts:
            cell, stamps = _candidate(network, definition, cohort)
            decision = quantile_cell(cell, definition)
            latest = network.latest(definition, cohort)
            before = network.shown(definition, cohort)
            if latest is not None and not _is_news(latest, before, decision, stamps):
                continue
            why = "" if latest is None else CORRECTED if before else NO_LONGER_HIDDEN
            version = latest.version + 1 if latest else 1
            written.append(_write(network, definition, cohort, decision, stamps, now, version=version, why=why))
            if isinstance(decision, Publish):
                network.note(definition, cohort, Published(month, version, stamps))
    return written


def _candidate(network: Network, definition: Definition, cohort: Cohort) -> tuple[Cell, dict[UUID, datetime]]:
    """What the cell would be made of now, and when each of its contributions last changed."""
    rows = network.contributions(definition)
    reporting = frozenset(rows)
    eligible = reporting & network.members(cohort)
    superset = network.shown(definition, cohort.superset) if cohort.superset else None
    if superset:
        eligible &= superset.contributors
    published = network.published(definition, cohort)
    this_quarter = next((p.contributors for p in published if p.month.quarter == network.month.quarter), None)
    earlier = [p.contributors for p in published]
    chosen = choose_contributors(reporting=reporting, eligible=eligible, this_quarter=this_quarter, earlier=earlier)
    others = [p for other in network.cohorts if other != cohort for p in network.published(definition, other)]
    cell = Cell(
        values={practice: rows[practice].value for practice in chosen},
        supersets=[superset.contributors] if superset else [],
        beside=[p.contributors for p in others if p.month == network.month and p is not superset],
        this_quarter=this_quarter,
        earlier=earlier,
        elsewhere=[p.contributors for p in others if p.month != network.month],
    )
    return cell, {practice: rows[practice].computed_at for practice in chosen}


def _is_news(
    latest: Release, before: Published | None, decision: Publish | Suppressed, stamps: Mapping[UUID, datetime]
) -> bool:
    """Whether a cell that has a version is to get another."""
    if isinstance(decision, Suppressed):
        return False
    if before is None:
        return True
    if holds_back_revision(changed_contributors(before.stamps, stamps)):
        return False
    figures = decision.figures
    return isinstance(figures, Quantiles) and list(figures) != [getattr(latest, p) for p in PERCENTILE_COLUMNS]


PERCENTILE_COLUMNS = ("p10", "p25", "p50", "p75", "p90")


def _write(
    network: Network,
    definition: Definition,
    cohort: Cohort,
    decision: Publish | Suppressed,
    stamps: Mapping[UUID, datetime],
    now: datetime,
    *,
    version: int,
    why: str,
) -> Release:
    release = Release(
        metric=definition.key,
        definition_version=definition.version,
        cohort_kind=cohort.kind,
        cohort=cohort.value,
        month=network.month.first,
        version=version,
        released_at=now,
        why=why,
    )
    match decision:
        case Suppressed(rule=rule):
            release.rule = rule.key
            release.save(force_insert=True)
        case Publish(figures=Quantiles() as figures, contributors_shown=shown):
            release.contributors_floor = shown
            for column, figure in zip(PERCENTILE_COLUMNS, figures, strict=True):
                setattr(release, column, figure)
            release.save(force_insert=True)
            contributors = {str(practice): stamp.isoformat() for practice, stamp in stamps.items()}
            Basis.objects.create(release=release, contributors=contributors)
    return release


def _published_around(month: Month) -> dict[tuple[str, Cohort], list[Published]]:
    bases = Basis.objects.filter(
        release__month__gt=month.shifted(-WINDOW_MONTHS).first, release__month__lt=month.shifted(WINDOW_MONTHS).first
    ).select_related("release")
    found: dict[tuple[str, Cohort], list[Published]] = defaultdict(list)
    for basis in bases.order_by("-release__month", "-release__version"):
        release = basis.release
        stamps = {UUID(practice): datetime.fromisoformat(stamp) for practice, stamp in basis.contributors.items()}
        found[release.metric, cohort_of(release)].append(Published(Month.of(release.month), release.version, stamps))
    return found


def _latest_versions(month: Month) -> dict[tuple[str, Cohort], Release]:
    return newest(Release.objects.filter(month=month.first))


def newest(releases: Iterable[Release]) -> dict[tuple[str, Cohort], Release]:
    """The latest version of each metric and cohort, of releases of one month."""
    latest: dict[tuple[str, Cohort], Release] = {}
    for release in releases:
        key = release.metric, cohort_of(release)
        if key not in latest or latest[key].version < release.version:
            latest[key] = release
    return latest


def cohort_of(release: Release) -> Cohort:
    return Cohort(CohortKind(release.cohort_kind), release.cohort)
