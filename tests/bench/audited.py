"""What the audit trail costs: a patient's page with its entry and without, and looking into a long trail."""

from collections.abc import Callable
from datetime import datetime
from unittest.mock import patch
from uuid import UUID

from django.db import connection, transaction

from core import audit
from core.audit.read import Wanted, trail
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Visit
from loyalty.patients.page import patient_page
from tests.bench.filling import fill
from tests.bench.measure import Bench, Measure
from tests.bench.readings import MICRO, MILLI, interleaved
from tests.bench.table import Budget, Of, Row

PATIENTS, ENTRIES = 2_000, 300_000
ROUNDS = 80
PAGE = 50

# Ten of the practice's patients an entry, as a list of patients names them.
_HISTORY = """
WITH everybody AS MATERIALIZED (SELECT array_agg(id) AS ids FROM loyalty_patient)
INSERT INTO audit_entry (verb, outcome, asker_kind, asker_id, role, place, why, address, subject_kind, patients,
    everyone, detail)
SELECT 'patients.searched', 'done', 'person', gen_random_uuid(), 'owner', 'portal:patients', 'patients.view',
    '10.0.0.1', '', ids[e %% %s + 1:e %% %s + 10], false, '{}'
FROM everybody, generate_series(1, %s) AS e
"""


class Audited(Measure):
    name = "audited"

    def rows(self, bench: Bench) -> list[Row]:
        practice = bench.network.open_apart("audited")
        fill(practice, patients=PATIENTS, years=3, now=bench.network.now)
        with practice_scope(practice):
            patient = Visit.objects.values_list("patient_id", flat=True).first()
        page = _page(practice, patient, bench.network.now)
        short_with, short_without = interleaved([page, _untold(page)], rounds=ROUNDS, warm_up=5)
        _grow(practice)
        long_with, long_without = interleaved([page, _untold(page)], rounds=ROUNDS, warm_up=5)
        look = interleaved([lambda: _look(practice, patient)], rounds=ROUNDS, warm_up=5)[0]
        cost = short_with.median - short_without.median
        return [
            Row(
                work="a patient's page with its entry in the trail",
                unit="ms",
                usual=short_without.median * MILLI,
                ours=short_with.median * MILLI,
                budget=Budget(of=Of.RATIO, limit=0.7),
                note=f"usual: the same page without an entry; the entry costs {cost * MICRO:.0f} µs",
            ),
            Row(
                work=f"  … with {ENTRIES:,} entries of this month before it",
                unit="ms",
                usual=long_without.median * MILLI,
                ours=long_with.median * MILLI,
                budget=Budget(of=Of.RATIO, limit=0.7),
                note=f"the entry costs {(long_with.median - long_without.median) * MICRO:.0f} µs",
            ),
            Row(
                work=f"who looked at a patient, {PAGE} of {ENTRIES:,} entries",
                unit="ms",
                ours=look.median * MILLI,
                budget=Budget(of=Of.OURS, limit=25, decides=False),
            ),
        ]


def _page(practice: PracticeRef, patient: UUID, now: datetime) -> Callable[[], object]:
    def read() -> object:
        with practice_scope(practice), audit.asking(audit.Asker.operator("bench")), transaction.atomic():
            return patient_page(patient_id=patient, now=now, clinical=True, feedback=True)

    return read


def _untold(read: Callable[[], object]) -> Callable[[], object]:
    def untold() -> object:
        with patch("loyalty.patients.page.audit.record"):
            return read()

    return untold


def _grow(practice: PracticeRef) -> None:
    with practice_scope(practice), connection.cursor() as cursor:
        step = 10_000
        for _ in range(ENTRIES // step):
            cursor.execute(_HISTORY, [PATIENTS - 10, PATIENTS - 10, step])


def _look(practice: PracticeRef, patient: UUID) -> object:
    with practice_scope(practice):
        return trail(Wanted(patient=patient), limit=PAGE)
