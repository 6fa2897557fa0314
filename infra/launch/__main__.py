"""`python -m infra.launch COMMAND`. Exit codes: 0 well, 1 a part of the product failed, 2 something to mend first."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from infra.launch import entry
from infra.launch.errors import LaunchError
from infra.launch.execute import execute
from infra.launch.project import ROOT
from infra.launch.run import run
from infra.launch.servers import Servers, start
from infra.launch.signals import StopRequested, stopping_on_signals


def main(words: list[str]) -> int:
    options = parser().parse_args(words)
    try:
        return _perform(options)
    except LaunchError as error:
        print(f"Perennial cannot start: {error}", file=sys.stderr)
        return 2
    except psycopg.OperationalError as error:
        print(
            f"Perennial cannot start: the database broke off: {' '.join(str(error).split())}. Nothing was lost. Start "
            "again; if it happens again, look into the database's log.",
            file=sys.stderr,
        )
        return 2
    except StopRequested:
        return 0


def _perform(options: argparse.Namespace) -> int:
    match options.command:
        case "run":
            with stopping_on_signals(), _data(options) as data:
                return run(data=data, environment=os.environ, ephemeral=options.ephemeral)
        case "servers":
            with stopping_on_signals(), _data(options) as data, start(data, ephemeral=options.ephemeral) as servers:
                return _hold(servers)
        case "exec":
            command = options.words[1:] if options.words[:1] == ["--"] else options.words
            if not command:
                raise LaunchError("Say what to run: `python -m infra.launch exec -- COMMAND`.")
            with stopping_on_signals(), _data(options) as data:
                return execute(command=command, data=data, environment=os.environ, ephemeral=options.ephemeral)
        case "bootstrap":
            entry.bootstrap_external(os.environ)
            print("The logins, the database and its rights are in place.")
            return 0
        case "web":
            entry.become_web(os.environ)
        case "worker":
            entry.become_worker(os.environ, beat=options.beat)
        case "health":
            return entry.health(os.environ)
        case _:
            return entry.migrate(os.environ)


def _hold(servers: Servers) -> int:
    print(f"The servers run. Their addresses are in {servers.data / 'connection.env'}. Stop with Ctrl-C.", flush=True)
    for note in servers.notes:
        print(f"Note: {note}", flush=True)
    while True:
        for child in servers.children:
            if not child.alive:
                print(f"{child.name} ended by itself. Its last lines:\n{child.last_lines(20)}", file=sys.stderr)
                return 1
        time.sleep(0.2)


@contextmanager
def _data(options: argparse.Namespace) -> Iterator[Path]:
    if options.ephemeral:
        with tempfile.TemporaryDirectory(prefix="perennial-") as folder:
            yield Path(folder)
    else:
        yield Path(os.environ.get("DATA") or ROOT / "var")


def parser() -> argparse.ArgumentParser:
    """Every command and option of `python -m infra.launch`."""
    words = argparse.ArgumentParser(prog="python -m infra.launch", description=__doc__)
    commands = words.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in (
        ("run", "everything on this machine, until Ctrl-C"),
        ("servers", "only PostgreSQL and Valkey, until Ctrl-C"),
        ("exec", "run one command with PostgreSQL and Valkey up; give it after --"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--ephemeral", action="store_true", help="throw-away servers: nothing is kept")
        if name == "exec":
            command.add_argument("words", nargs=argparse.REMAINDER)
    commands.add_parser("bootstrap", help="make logins and database on the server in DATABASE_ADMIN_URL")
    commands.add_parser("web", help="the web server, against servers that run elsewhere")
    worker = commands.add_parser("worker", help="the job worker, against servers that run elsewhere")
    worker.add_argument("--beat", action="store_true", help="also run the timetable; for one worker only")
    commands.add_parser("health", help="whether the web server of this container can do its work")
    commands.add_parser("migrate", help="migrate public tables and practices, and end")
    return words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
