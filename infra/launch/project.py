"""Where this checkout is, and how its processes are called."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def manage(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


def web(environment: Mapping[str, str], *, host: str, port: int) -> list[str]:
    """The web server. Threads match the size of a process's connection pool: more would only wait for one."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--no-ws"),
        *("--workers", environment.get("WEB_WORKERS") or "1"),
        *("--blocking-threads", environment.get("WEB_THREADS") or "4"),
        "infra.wsgi:application",
    ]


def worker(environment: Mapping[str, str], *, beat_folder: Path | None) -> list[str]:
    """The job worker, in threads of one process to save memory. With a folder it also runs the timetable."""
    return [
        *(sys.executable, "-m", "celery", "--app", "infra.celery", "worker"),
        *("--pool", "threads", "--concurrency", environment.get("WORKER_THREADS") or "2"),
        *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
        *(() if beat_folder is None else ("--beat", "--schedule", str(beat_folder / "beat"))),
    ]


# Columns of a few hundred KB come and go by the hundred while figures are counted. glibc would give each back to the
# kernel and fetch it anew, zeroed, page by page: half of what a sum costs. So what is smaller than this stays, and up
# to this much of what is free. Other C libraries do not read these.
KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20)}


def python_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """For every process of ours: its words reach the log at once, and `infra` is found from any folder."""
    path = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH", ""))))
    return {**KEPT_MEMORY, **environment, "PYTHONUNBUFFERED": "1", "PYTHONPATH": path}
