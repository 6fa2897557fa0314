"""Data folders the launcher must not touch: each is refused in words that name the mend, and stays as it is."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.launch import servers
from infra.launch.errors import LaunchError
from infra.launch.project import ROOT


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_folder_is_refused_while_a_launch_uses_it(data: Path) -> None:
    with servers.start(data, ephemeral=True) as running:
        second = subprocess.run(
            [sys.executable, "-m", "infra.launch", "exec", "--", "true"],
            cwd=ROOT,
            env={**os.environ, "DATA": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 2
        assert f"{data} is in use by another launch (process {os.getpid()})" in second.stderr
        assert "DATA=var2 PORT=8001 make run" in second.stderr
        assert (data / "connection.env").read_text().count(running.database_url) == 1
    servers.start(data, ephemeral=True).stop()


def test_a_folder_of_another_postgresql_is_refused_and_stays_as_it_was(data: Path) -> None:
    servers.start(data).stop()
    cluster = data / "servers" / "cluster"
    (cluster / "PG_VERSION").write_text("15\n")
    before = _snapshot(cluster)
    with pytest.raises(LaunchError, match=r"made by PostgreSQL 15.*Nothing was changed.*pg_dump"):
        servers.start(data)
    assert _snapshot(cluster) == before
    (cluster / "PG_VERSION").write_text("18\n")
    servers.start(data).stop()


def test_a_cluster_that_lost_files_is_refused_and_not_made_anew(data: Path) -> None:
    servers.start(data).stop()
    cluster = data / "servers" / "cluster"
    control = cluster / "global" / "pg_control"
    kept = control.read_bytes()
    control.unlink()
    before = _snapshot(cluster)
    with pytest.raises(LaunchError, match=r"no complete PostgreSQL data folder.*Nothing was changed"):
        servers.start(data)
    assert _snapshot(cluster) == before
    control.write_bytes(kept)


def test_damaged_keys_are_refused_and_kept(data: Path) -> None:
    secrets = data / "secrets.json"
    secrets.write_text('{"owner_password": "half a fi')
    with pytest.raises(LaunchError, match=r"secrets\.json cannot be read: it is damaged.*Put it back from a backup"):
        servers.start(data)
    assert secrets.read_text() == '{"owner_password": "half a fi'


def test_a_file_in_place_of_the_folder_is_refused(data: Path) -> None:
    place = data / "file"
    place.write_text("mine")
    with pytest.raises(LaunchError, match=f"The data folder {place} .*Set DATA to another folder|Move it away"):
        servers.start(place)
    assert place.read_text() == "mine"


def test_a_database_that_moved_away_is_not_replaced_by_an_empty_one(data: Path) -> None:
    (data / "servers").symlink_to(data / "gone")
    with pytest.raises(LaunchError, match="where this installation's database was kept, and that folder is gone"):
        servers.start(data)
    assert not (data / "gone").exists()


@contextmanager
def _unprivileged() -> Iterator[None]:
    """Act as a user who is not root, since root may write everywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_this_user_may_not_write_is_refused(data: Path) -> None:
    data.chmod(0o555)
    with _unprivileged(), pytest.raises(LaunchError, match=r"not writable for this user\. Give this user the folder"):
        servers.start(data)
    with _unprivileged(), pytest.raises(LaunchError, match="or set DATA to another one"):
        servers.start(data / "below")
    assert list(data.iterdir()) == []
