"""A seed and a day decide every row, also when the run was killed half-way and another one finished it."""

import os
import select
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.seeds.conftest import NUMBERS, Network

pytestmark = pytest.mark.slow
PATIENCE = 60


def test_a_killed_run_is_told_and_finished_by_the_next_one_with_the_same_rows(
    demo: Network, empty_networks: Callable[[], Network]
) -> None:
    network = empty_networks()
    with network.connect() as blocker:
        # The third practice waits for us, however long, so that the run cannot end before it is killed.
        _hold_slug(blocker, "lakewren-skin-laser")
        process = network.start("seed_demo", *NUMBERS, "--processes", "2", PGOPTIONS="-c lock_timeout=0")
        assert process.stderr is not None
        _read_until(process.stderr.fileno(), b"3/4")
        children = _children(process.pid)
        assert len(children) >= 2
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for child in children:
            _wait_for_end(child)
        blocker.execute("ROLLBACK")
    assert set(network.schemas()) == {"aurora", "borealis", "copperwren-medspa"}
    code, said = network.run("seed_demo", "--demo", "--processes", "1")
    assert code == 0, said
    assert "stopped half-way" in said
    assert _digests(network) == _digests(demo)


def test_another_seed_makes_other_rows(demo: Network, empty_networks: Callable[[], Network]) -> None:
    network = empty_networks()
    numbers = ("--demo", "--practices", "2", "--months", "2", "--seed", "8", "--today", "2026-11-22")
    code, said = network.run("seed_demo", *numbers, "--processes", "1")
    assert code == 0, said
    ours, theirs = _digests(network), _digests(demo)
    assert ours["aurora", "loyalty_patient"] != theirs["aurora", "loyalty_patient"]
    # November 22 is a Sunday, and yet there is something to see.
    query = "SELECT count(*) FROM loyalty_visit WHERE day = '2026-11-22' AND status <> 'cancelled'"
    assert 8 <= dict(network.rows(query))["aurora"] <= 12


@pytest.mark.parametrize(
    ("numbers", "words"),
    [(("--seed", "8"), "Another demo network"), (("--practices", "1"), "from 2 to 60"), (("--today", "soon"), "2026")],
)
def test_other_numbers_are_refused_with_what_to_do(demo: Network, numbers: tuple[str, ...], words: str) -> None:
    before = _digests(demo)
    code, said = demo.run("seed_demo", "--demo", *numbers)
    assert code != 0
    assert words in said
    assert _digests(demo) == before


def test_a_finished_network_is_left_as_it_is(demo: Network) -> None:
    before = _digests(demo)
    code, said = demo.run("seed_demo", *NUMBERS)
    assert code == 0, said
    assert "is here already" in said
    assert "start over" in said
    assert _digests(demo) == before


def test_without_a_word_that_it_is_a_demo_nothing_is_seeded(empty_networks: Callable[[], Network]) -> None:
    network = empty_networks()
    code, said = network.run("seed_demo", "--practices", "2")
    assert code != 0
    assert "--demo" in said
    assert network.schemas() == {}


def test_a_network_with_other_practices_is_left_alone(empty_networks: Callable[[], Network]) -> None:
    network = empty_networks()
    assert network.run("open_practice", "cedar", "--name", "Cedar Skin")[0] == 0
    code, said = network.run("seed_demo", *NUMBERS)
    assert code != 0
    assert "did not make" in said
    assert list(network.schemas()) == ["cedar"]


def test_sign_ins_are_printed_with_a_password_that_opens(demo: Network) -> None:
    code, said = demo.run("demo_signins")
    assert code == 0, said
    lines = [line.split() for line in said.splitlines() if "@example.com" in line]
    assert [line[1] for line in lines] == [
        f"{name}@example.com" for name in ("elena", "maya", "kenji", "theo", "nora", "oskar")
    ]
    assert [" ".join(line[3:]) for line in lines] == [
        *("Owner", "Manager", "Provider", "Front desk", "Network admin", "Network analyst")
    ]
    code, said = demo.run("shell", "-v", "0", "-c", _TRIES_PASSWORDS.format(password=lines[0][2]))
    assert code == 0, said
    assert "6 open" in said


_TRIES_PASSWORDS = (
    "from infra.seeds.people import SIGN_INS; from tenants.models import Person;"
    " people = Person.objects.filter(email__in=[one.email for one in SIGN_INS]);"
    " print(sum(person.check_password('{password}') for person in people), 'open')"
)


def _hold_slug(connection: psycopg.Connection, slug: str) -> None:
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO tenants_practice (id, created_at, updated_at, schema_name, name, slug, status, time_zone, region,"
        " size_band, practice_type, address, city, state, postal_code, joined_on, aggregation_agreed_by)"
        " VALUES (gen_random_uuid(), now(), now(), 'p_00000000aaaa', 'In the way', %s, 'active', 'UTC', '', '',"
        " '', '', '', '', '', '2024-01-01', '')",
        [slug],
    )


def _read_until(stream: int, words: bytes) -> None:
    said = b""
    while words not in said:
        assert select.select([stream], [], [], PATIENCE)[0], said.decode()
        read = os.read(stream, 4096)
        assert read, said.decode()
        said += read


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _wait_for_end(pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([handle], [], [], PATIENCE)[0], f"process {pid} outlives the command that started it"
    finally:
        os.close(handle)


# What the product itself makes has keys and dates of its own: figures, who drifts, a program's secret, a read file and
# what is told of it.
_COMPUTED = (
    "loyalty_figure", "loyalty_formerfigure", "loyalty_drift", "loyalty_driftfit", "loyalty_holdout",
    "loyalty_holdoutpatient", "loyalty_monthlyreport", "webhooks_webhookendpoint", "webhooks_webhookdelivery",
    "receiving_purchasefile", "receiving_refusedrow", "outbox_event",
)  # fmt: skip
_OF_ITS_OWN = (
    "'{id,created_at,updated_at,secret,grant_id,application_id,endpoint_id,vendor_id,of_id,record_id,ids,happened_at,"
    "next_try_at}'"
)
# The number of the transaction that wrote a row: another one in a network that was filled in two goes.
_BY_THE_SERVER = "'{written_in}'"


def _digests(network: Network) -> dict[tuple[str, str], str]:
    """A digest of all rows of each table of each practice, and of the people who sign in."""
    found: dict[tuple[str, str], str] = {}
    with network.connect() as connection:
        tables = connection.execute(
            "SELECT DISTINCT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname LIKE 'p\\_%' AND relkind = 'r'"
            # The database names and dates an entry of the trail, so that nobody else can.
            " AND relname NOT LIKE 'audit\\_entry%'"
        ).fetchall()
        people = connection.execute("SELECT md5(string_agg(p::text, ' ' ORDER BY id)) FROM tenants_person p").fetchone()
    for (table,) in tables:
        left_out = f"{_BY_THE_SERVER}::text[]" + (f" - {_OF_ITS_OWN}::text[]" if table in _COMPUTED else "")
        row = f"(to_jsonb(t) - {left_out})::text"
        for slug, digest in network.rows(f"SELECT md5(string_agg({row}, ' ' ORDER BY {row})) FROM {table} t"):
            found[slug, table] = digest
    found["", "tenants_person"] = people[0] if people else ""
    return found
