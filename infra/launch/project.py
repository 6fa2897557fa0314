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


def python_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """For every process of ours: its words reach the log at once, and `infra` is found from any folder."""
    path = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH", ""))))
    return {**environment, "PYTHONUNBUFFERED": "1", "PYTHONPATH": path}
