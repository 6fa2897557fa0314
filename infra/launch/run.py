"""`make run`: the whole product on one machine, until Ctrl-C."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from infra.launch import project
from infra.launch.errors import LaunchError
from infra.launch.health import HEALTHY, health_answer
from infra.launch.ports import LOOPBACK, check_web_port
from infra.launch.process import Child, stop_all
from infra.launch.progress import Line, StepFailed, finish, skipped, step
from infra.launch.queue import is_listened_to
from infra.launch.servers import Servers, start
from infra.launch.signals import StopRequested
from infra.launch.stamps import done_in_database, mark_done_in_database, migration_inputs, static_inputs

READY_PATIENCE = 60.0
LISTENING = "takes jobs"
WATCH_SECONDS = 0.2


def run(*, data: Path, environment: Mapping[str, str], ephemeral: bool = False) -> int:
    """Start everything, say where it is, watch it. Returns 0 when asked to stop and 1 when a part of it died."""
    port = check_web_port(environment.get("PORT") or "8000")
    begun = time.monotonic()
    print(f"Perennial starts. Its data is in {data.expanduser().absolute()}", flush=True)
    children: list[Child] = []
    try:
        with ExitStack() as stack:
            with step("database and job queue"):
                servers = stack.enter_context(start(data, ephemeral=ephemeral))
            for note in servers.notes:
                print(f"  Note: {note}")
            surroundings = project.python_environment(
                {"DEMO": "1", **environment, **servers.environment(), "PORT": str(port)}
            )
            stack.callback(lambda: stop_all(children, patience=15))
            _prepare(servers, surroundings, children=children)
            _serve(servers, surroundings, port=port, children=children)
            print(f"\nReady after {time.monotonic() - begun:.1f} s. Stop with Ctrl-C.", flush=True)
            _watch((*servers.children, *children))
    except StepFailed as failure:
        print(
            f"\n{failure.child.name} ended with code {failure.code}. Everything was stopped; what was done before it "
            f"is kept. Its whole log is {failure.child.log}. Its last lines:\n{failure.child.last_lines(20)}",
            file=sys.stderr,
        )
        return 1
    except StopRequested:
        print("\nEverything is stopped.", flush=True)
        return 0
    return 0


def _prepare(servers: Servers, environment: Mapping[str, str], *, children: list[Child]) -> None:
    """Bring tables, demo practices and static files up to date; what has not changed is skipped."""
    # Compressing static files takes a processor for seconds, migrating waits for the database: side by side.
    static = _collect_static(servers, environment, children=children)
    done = done_in_database(owner_url=servers.owner_url)
    inputs = migration_inputs()
    for name, command, wanted in (
        ("public tables", "migrate_public", inputs),
        ("practices' tables", "migrate_practices", inputs),
        # Once, ever: whoever emptied the demo does not want it back.
        *([("demo practices", "seed_demo", "made")] if _is_demo(environment) else []),
    ):
        if done.get(command) == wanted:
            skipped(name)
            continue
        with step(name) as line:
            finish(_start(command, project.manage(command), servers=servers, environment=environment), line)
        mark_done_in_database(owner_url=servers.owner_url, step=command, inputs=wanted)
    if static is None:
        skipped("static files")
        return
    with step("static files") as line:
        finish(static, line)
    children.remove(static)
    _static_stamp(servers, environment).write_text(static_inputs())


def _collect_static(servers: Servers, environment: Mapping[str, str], *, children: list[Child]) -> Child | None:
    """Begin to collect static files. None when they are collected already."""
    stamp = _static_stamp(servers, environment)
    if stamp.exists() and stamp.read_text() == static_inputs():
        return None
    command = project.manage("collectstatic", "--noinput", "--clear")
    children.append(_start("collectstatic", command, servers=servers, environment=environment))
    return children[-1]


def _static_stamp(servers: Servers, environment: Mapping[str, str]) -> Path:
    return Path(environment.get("STATIC_ROOT") or servers.data / "static") / ".collected"


def _start(name: str, command: Sequence[str], *, servers: Servers, environment: Mapping[str, str]) -> Child:
    log = servers.data / "logs" / f"{name}.log"
    return Child.start(command, name=name, log=log, environment=environment, folder=project.ROOT)


def _serve(servers: Servers, environment: Mapping[str, str], *, port: int, children: list[Child]) -> None:
    """Start web server and worker, wait until pages come and jobs are taken, then say where the pages are."""
    with step("web server and worker") as line:
        command = project.web(environment, host=LOOPBACK, port=port)
        web = _start("web", command, servers=servers, environment=environment)
        children.append(web)
        command = project.worker(environment, beat_folder=servers.data)
        worker = _start("worker", command, servers=servers, environment=environment)
        children.append(worker)
        signins: Child | None = None
        if _is_demo(environment):
            # Meanwhile, as it takes a second of its own.
            signins = _start("demo_signins", project.manage("demo_signins"), servers=servers, environment=environment)
            children.append(signins)
        _wait_until(lambda: health_answer(environment, port=port), HEALTHY, child=web, line=line)
        _wait_until(
            lambda: LISTENING if is_listened_to(servers.broker_url) else "not yet", LISTENING, child=worker, line=line
        )
        if signins is not None:
            finish(signins, line)
            children.remove(signins)
    print(f"\n  {_address(environment, port)}\n")
    if signins is not None:
        print(signins.log.read_text().rstrip())


def _is_demo(environment: Mapping[str, str]) -> bool:
    return environment.get("DEMO", "").strip().lower() in ("1", "true", "yes", "on")


def _address(environment: Mapping[str, str], port: int) -> str:
    return f"http://{environment.get('NETWORK_HOST') or 'perennial.localhost'}:{port}/"


def _wait_until(ask: Callable[[], str], wanted: str, *, child: Child, line: Line) -> None:
    deadline = time.monotonic() + READY_PATIENCE
    while (answer := ask()) != wanted:
        if not child.alive:
            raise StepFailed(child, child.process.returncode)
        if time.monotonic() > deadline:
            raise LaunchError(
                f"The {child.name} process runs but is not ready after {READY_PATIENCE:.0f} seconds (last: {answer}). "
                f"Everything was stopped, nothing was lost. Its log is {child.log}:\n{child.last_lines(20)}"
            )
        line.show(answer)
        time.sleep(0.05)


def _watch(children: Sequence[Child]) -> None:
    """Return never while all live. Nothing is restarted behind your back: the first death ends the run."""
    while True:
        for child in children:
            if not child.alive:
                raise StepFailed(child, child.process.returncode)
        time.sleep(WATCH_SECONDS)
