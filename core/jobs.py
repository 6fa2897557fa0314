"""Work that happens later. A job carries its practice's id and runs inside that practice, or it does not run at all.

Two kinds: `practice_job` (inside one practice) and `network_job` (control plane, never inside a practice).
Jobs carry ids, are safe to run twice, and are sent only when the transaction that asked for them commits.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any, ClassVar
from uuid import UUID

from celery import Task, shared_task
from django.db import transaction

from core.audit import Asker, asking
from core.tenancy.scope import PracticeRef, control_plane, practice_scope


class JobRefused(Exception):
    """A job arrived without what says where it belongs. It is not retried and touches nothing."""


# How many of what a transaction already sends are compared with what it is asked to send.
_LOOKED_BACK = 20

Resolver = Callable[[UUID], PracticeRef | None]
_resolver: list[Resolver] = []


def resolve_practices_with(resolver: Resolver) -> None:
    """Called by the package that owns practices: how to find one by id (None: there is none, or it is not active)."""
    _resolver[:] = [resolver]


class _Job(Task):
    abstract = True
    acks_late = True
    reject_on_worker_lost = True
    max_retries = 5
    retry_backoff = True
    throws = (JobRefused,)
    # Celery would compare what is sent with the function's own parameters, and practice_id is none of them; enqueue()
    # compares without it.
    typing = False


class _PracticeJob(_Job):
    abstract = True
    is_practice_job: ClassVar[bool] = True

    def __call__(self, *args: Any, practice_id: str | None = None, **kwargs: Any) -> Any:
        if not practice_id:
            raise JobRefused(f"{self.name} was sent without a practice. It runs inside one or not at all.")
        with control_plane():
            practice = _resolver[0](UUID(practice_id)) if _resolver else None
        if practice is None:
            raise JobRefused(f"{self.name} was sent for practice {practice_id}, which is not active.")
        with practice_scope(practice), asking(Asker.job(str(self.name))):
            return self.run(*args, **kwargs)


class _NetworkJob(_Job):
    abstract = True
    is_practice_job: ClassVar[bool] = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if "practice_id" in kwargs:
            raise JobRefused(f"{self.name} works for the network; it was sent with a practice.")
        with control_plane(), asking(Asker.job(str(self.name))):
            return self.run(*args, **kwargs)


def practice_job(name: str) -> Any:
    """Declare a job that runs inside one practice. `name` is stable: it is written into queues."""
    return shared_task(name=name, base=_PracticeJob)


def network_job(name: str) -> Any:
    """Declare a job of the control plane."""
    return shared_task(name=name, base=_NetworkJob)


def enqueue(job: Any, *, practice_id: UUID | None = None, swept: bool = False, **ids: Any) -> None:
    """Send `job` when the current transaction commits (at once outside of one). `ids` must be plain JSON values.

    swept: a sweep finds what was not sent, so a broker that does not answer is logged, and whoever asked is not told.
    Raises at once: JobRefused when a practice's job is sent without a practice, or a network's job with one; TypeError
    when `ids` are not what the job takes.
    """
    if job.is_practice_job != (practice_id is not None):
        raise JobRefused(f"{job.name}: a practice's job needs practice_id, a network's job has none.")
    signature(job.run).bind(**ids)
    kwargs = dict(ids) if practice_id is None else {**ids, "practice_id": str(practice_id)}

    sending = _Sending(job, kwargs, swept)
    if not _is_sent_anyway(sending):
        transaction.on_commit(sending, robust=swept)


class _Sending:
    """A job and what it is sent with. Where it fails Django asks for the name of the function."""

    def __init__(self, job: Any, kwargs: dict[str, Any], swept: bool) -> None:
        self.what = (job, kwargs, swept)
        self.__qualname__ = f"enqueue({job.name})"

    def __call__(self) -> None:
        job, kwargs, _ = self.what
        job.apply_async(kwargs=kwargs)


def _is_sent_anyway(sending: _Sending) -> bool:
    """Whether the same is to be sent already when this transaction commits: a thousand events ask for one delivery.

    Django drops what a savepoint asked for when that is rolled back, so what is still there stands as long as this one.
    """
    lately = transaction.get_connection().run_on_commit[-_LOOKED_BACK:]
    return any(isinstance(other, _Sending) and other.what == sending.what for _, other, _ in lately)
