"""Starting and stopping the embedded servers."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from infra.launch import servers
from infra.launch.servers import Servers
from tests.launch.processes import commands_with


def _who(url: str) -> tuple[str, str, str]:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_user, current_database(), current_setting('TimeZone')").fetchone()
    assert row is not None
    return row


def test_application_and_owner_have_logins_of_their_own_and_the_broker_answers(scratch: Servers) -> None:
    assert _who(scratch.database_url) == ("perennial_app", "perennial", "UTC")
    assert _who(scratch.owner_url) == ("perennial_owner", "perennial", "UTC")
    with redis.Redis.from_url(scratch.broker_url) as broker:
        assert broker.ping() is True


def test_the_environment_names_all_that_settings_read(scratch: Servers) -> None:
    assert scratch.environment() == {
        "DATA": str(scratch.data),
        "DATABASE_URL": scratch.database_url,
        "DATABASE_OWNER_URL": scratch.owner_url,
        "BROKER_URL": scratch.broker_url,
        "SECRET_KEY": scratch.secret_key,
        "ENCRYPTION_KEYS": scratch.encryption_keys,
        "DEMO": "1",
    }


def test_nothing_answers_without_its_password(scratch: Servers) -> None:
    for url in (scratch.database_url, scratch.owner_url):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url, password="guess")
    port = urlsplit(scratch.broker_url).port or 0
    with redis.Redis(host="127.0.0.1", port=port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_the_superuser_cannot_come_over_the_network(scratch: Servers) -> None:
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        psycopg.connect(scratch.database_url, user="perennial_admin")
    assert scratch.admin_conninfo is not None
    with psycopg.connect(scratch.admin_conninfo) as admin:
        assert admin.execute("SELECT current_user").fetchone() == ("perennial_admin",)


def test_the_addresses_are_written_down_privately_while_servers_run(data: Path) -> None:
    written = data / "connection.env"
    with servers.start(data, ephemeral=True) as running:
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
        assert dict(line.split("=", 1) for line in written.read_text().splitlines()) == running.environment()
    assert not written.exists()


def test_stopping_leaves_no_process_and_a_throw_away_run_no_files(data: Path) -> None:
    running = servers.start(data, ephemeral=True)
    home = (data / "servers").resolve()
    assert commands_with(str(home)) != []
    running.stop()
    running.stop()
    assert commands_with(str(home)) == []
    assert not home.exists()
    assert sorted(path.name for path in data.iterdir()) == ["lock", "logs"]


def test_a_second_start_finds_rows_queue_and_keys_again(data: Path) -> None:
    with servers.start(data) as first:
        with psycopg.connect(first.owner_url) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('rose')")
        with redis.Redis.from_url(first.broker_url) as broker:
            broker.lpush("jobs", "one")
        keys = (data / "secrets.json").read_text()
        assert stat.S_IMODE((data / "secrets.json").stat().st_mode) == 0o600
    with servers.start(data) as second:
        with psycopg.connect(second.owner_url) as connection:
            assert connection.execute("SELECT word FROM kept").fetchall() == [("rose",)]
        with redis.Redis.from_url(second.broker_url) as broker:
            assert broker.lrange("jobs", 0, -1) == [b"one"]
        assert second.secret_key == first.secret_key
        assert (data / "secrets.json").read_text() == keys


def test_two_data_folders_run_side_by_side(data: Path) -> None:
    with (
        servers.start(data / "one", ephemeral=True) as one,
        servers.start(data / "two", ephemeral=True) as two,
    ):
        with psycopg.connect(one.owner_url) as connection:
            connection.execute("CREATE TABLE only_in_one ()")
        with psycopg.connect(two.owner_url) as connection:
            assert connection.execute("SELECT to_regclass('only_in_one')").fetchone() == (None,)


def test_a_folder_whose_path_is_too_long_for_a_socket_works(data: Path) -> None:
    deep = data / ("long" * 20) / ("path" * 20)
    with servers.start(deep, ephemeral=True) as running:
        assert running.admin_conninfo is not None
        with psycopg.connect(running.admin_conninfo) as admin:
            assert admin.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's servers run under that user")
def test_a_folder_closed_to_the_servers_account_gets_their_files_elsewhere(data: Path) -> None:
    data.chmod(0o700)
    with servers.start(data, ephemeral=True) as running:
        home = (data / "servers").resolve()
        assert (data / "servers").is_symlink()
        assert data not in home.parents
        assert _who(running.database_url)[0] == "perennial_app"
    assert not home.exists()
    assert not (data / "servers").is_symlink()


def test_an_unusual_folder_name_works(data: Path) -> None:
    odd = data / "Dr. O'Neill's \"data\", ünïcode"
    with servers.start(odd, ephemeral=True) as running, redis.Redis.from_url(running.broker_url) as broker:
        assert broker.ping() is True
        assert _who(running.database_url)[0] == "perennial_app"
