"""Brings tables, demo practices and static files up to date before anything is served."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.launch import project
from infra.launch.demo import Demo, demo_in_database, is_demo
from infra.launch.process import Child
from infra.launch.progress import finish, skipped, step
from infra.launch.servers import Servers
from infra.launch.stamps import done_in_database, mark_done_in_database, migration_inputs, static_inputs


def prepare_installation(servers: Servers, environment: Mapping[str, str], *, children: list[Child]) -> None:
    """What has not changed is skipped. Raises StepFailed; what runs beside the rest is in `children` meanwhile."""
    # Compressing static files takes a processor for seconds, migrating waits for the database: side by side.
    static = _collect_static(servers, environment, children=children)
    done = done_in_database(owner_url=servers.owner_url)
    inputs = migration_inputs()
    for name, command in (("public tables", "migrate_public"), ("practices' tables", "migrate_practices")):
        if done.get(command) == inputs:
            skipped(name)
            continue
        with step(name) as line:
            finish(start_child(command, project.manage(command), servers=servers, environment=environment), line)
        mark_done_in_database(owner_url=servers.owner_url, step=command, inputs=inputs)
    if is_demo(environment):
        _seed_demo(servers, environment)
    if static is None:
        skipped("static files")
        return
    with step("static files") as line:
        finish(static, line)
    children.remove(static)
    _static_stamp(servers, environment).write_text(static_inputs())


def start_child(name: str, command: Sequence[str], *, servers: Servers, environment: Mapping[str, str]) -> Child:
    """Start a process of ours whose words go to DATA/logs/<name>.log."""
    log = servers.data / "logs" / f"{name}.log"
    return Child.start(command, name=name, log=log, environment=environment, folder=project.ROOT)


def _seed_demo(servers: Servers, environment: Mapping[str, str]) -> None:
    match demo_in_database(owner_url=servers.owner_url):
        case Demo.EMPTY | Demo.UNFINISHED:
            with step("demo practices") as line:
                command = project.manage("seed_demo")
                finish(start_child("seed_demo", command, servers=servers, environment=environment), line)
        case Demo.FINISHED:
            skipped("demo practices")
        case Demo.OTHERS:
            print("  Note: there are practices here already, so no demo practices were added.")


def _collect_static(servers: Servers, environment: Mapping[str, str], *, children: list[Child]) -> Child | None:
    """Begin to collect static files. None when they are collected already."""
    stamp = _static_stamp(servers, environment)
    if stamp.exists() and stamp.read_text() == static_inputs():
        return None
    command = project.manage("collectstatic", "--noinput", "--clear")
    children.append(start_child("collectstatic", command, servers=servers, environment=environment))
    return children[-1]


def _static_stamp(servers: Servers, environment: Mapping[str, str]) -> Path:
    return Path(environment.get("STATIC_ROOT") or servers.data / "static") / ".collected"
