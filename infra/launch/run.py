"""`make run`: the whole product on one machine, until Ctrl-C."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from infra.launch import project
from infra.launch.demo import Demo, demo_in_database, is_demo
from infra.launch.errors import LaunchError
from infra.launch.health import HEALTHY, health_answer
from infra.launch.payments import pretend_payments, start_payments
from infra.launch.ports import LOOPBACK, check_web_port
from infra.launch.prepare import prepare_installation, start_child
from infra.launch.process import Child, stop_all
from infra.launch.progress import Line, StepFailed, step
from infra.launch.queue import is_listened_to
from infra.launch.servers import Servers, start
from infra.launch.signals import StopRequested

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
            surroundings |= pretend_payments(surroundings, data=servers.data)
            stack.callback(lambda: stop_all(children, patience=15))
            prepare_installation(servers, surroundings, children=children)
            start_payments(servers, surroundings, children=children)
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


def _serve(servers: Servers, environment: Mapping[str, str], *, port: int, children: list[Child]) -> None:
    """Start web server and worker, wait until pages come and jobs are taken, then say where the pages are."""
    with step("web server and worker") as line:
        command = project.web(environment, host=LOOPBACK, port=port)
        web = start_child("web", command, servers=servers, environment=environment)
        children.append(web)
        command = project.worker(environment, beat_folder=servers.data)
        worker = start_child("worker", command, servers=servers, environment=environment)
        children.append(worker)
        signins: Child | None = None
        if is_demo(environment) and demo_in_database(owner_url=servers.owner_url) is Demo.FINISHED:
            # Meanwhile, as it takes a second of its own.
            command = project.manage("demo_signins")
            signins = start_child("demo_signins", command, servers=servers, environment=environment)
            children.append(signins)
        _wait_until(lambda: health_answer(environment, port=port), HEALTHY, child=web, line=line)
        _wait_until(
            lambda: LISTENING if is_listened_to(servers.broker_url) else "not yet", LISTENING, child=worker, line=line
        )
        if signins is not None:
            # Its words are shown either way: whoever removed the demo's people is told so, and the rest runs.
            signins.wait()
            children.remove(signins)
    print(f"\n  {_address(environment, port)}\n")
    if signins is not None:
        print(signins.log.read_text().rstrip())


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
