"""When imports run: at once after somebody asks, again after a crash, one at a time in a practice."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from core.jobs import enqueue, network_job, practice_job
from core.tenancy.scope import current_practice, practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.forget_uploads import forget_uploads
from loyalty.intake.run_import import run_import, waiting
from loyalty.intake.run_undo import run_undo
from loyalty.models import WORKING, Import, ImportState
from tenants.refs import active_practices

# A batch takes seconds: what nobody has worked on for so long, nobody works on.
ABANDONED = timedelta(minutes=2)


@practice_job("intake.check")
def check(import_id: str) -> None:
    check_import(import_id=UUID(import_id), clock=timezone.now)


@practice_job("intake.run")
def run(import_id: str) -> None:
    run_import(import_id=UUID(import_id), clock=timezone.now)
    _run_next()


@practice_job("intake.undo")
def undo(import_id: str) -> None:
    run_undo(import_id=UUID(import_id), clock=timezone.now)


_JOB_OF = {ImportState.CHECKING: check, ImportState.RUNNING: run, ImportState.UNDOING: undo}


@practice_job("intake.take_up")
def take_up() -> int:
    """Take up what a crash left, and what waits; returns how many imports."""
    left = Import.objects.filter(state__in=WORKING, worked_at__lt=timezone.now() - ABANDONED)
    for import_id, state in left.values_list("id", "state"):
        enqueue(_JOB_OF[ImportState(state)], practice_id=current_practice().id, import_id=str(import_id))
    _run_next()
    forget_uploads(now=timezone.now())
    return len(left)


@network_job("intake.take_up_everywhere")
def take_up_everywhere() -> int:
    """Ask every active practice that has imports to; returns how many those are."""
    asked = 0
    for practice in active_practices():
        with practice_scope(practice):
            if Import.objects.exists():
                enqueue(take_up, practice_id=practice.id)
                asked += 1
    return asked


def _run_next() -> None:
    if Import.objects.filter(state=ImportState.RUNNING).exists():
        return
    if (next_one := waiting()) is not None:
        enqueue(run, practice_id=current_practice().id, swept=True, import_id=str(next_one))
