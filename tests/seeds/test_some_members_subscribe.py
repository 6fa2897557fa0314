"""The demo's test billing has a past: who pays, who tries, whose card was declined; nothing where there is none."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.seeds.conftest import NUMBERS, Network

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("billing") / "test-billing.json"


@pytest.fixture(scope="module")
def billed(empty_networks: Callable[[], Network], file: Path) -> Network:
    """Nine practices, two months; the second and the sixth and the ninth of the members subscribe."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    network = empty_networks()
    keys = {
        "STRIPE_SECRET_KEY": "sk_test_demo", "STRIPE_WEBHOOK_SECRET": "whsec_demo",
        "STRIPE_API_BASE": f"http://127.0.0.1:{port}", "FAKE_STRIPE_FILE": str(file),
    }  # fmt: skip
    numbers = ("--demo", "--practices", "9", "--months", "2", "--today", "2026-11-23", "--processes", "1")
    process = network.start("seed_demo", *numbers, **keys)
    out, said = process.communicate()
    assert process.returncode == 0, said.decode()
    assert "3 members subscribed in test billing" in out.decode()
    return network


def test_each_has_what_it_pays_for(billed: Network) -> None:
    assert _plans(billed) == [("group", "open"), ("practice", "open"), ("practice", "open")]


def test_every_month_has_its_invoice_on_its_own_day(billed: Network) -> None:
    with billed.connect() as connection:
        rows = connection.execute(
            "SELECT a.customer, count(*), count(DISTINCT i.invoiced_at::date), bool_and(i.status = 'paid')"
            " FROM billing_invoice i JOIN billing_billingaccount a ON a.id = i.account_id GROUP BY 1 ORDER BY 2"
        ).fetchall()
    # By the year, one; by the month since 131 and since 152 days, five.
    assert [row[1:] for row in rows] == [(1, 1, True), (5, 5, True), (5, 5, True)]


def test_the_nights_comparison_found_nothing(billed: Network) -> None:
    with billed.connect() as connection:
        rows = connection.execute("SELECT accounts, found, failed, healed FROM billing_reconciliation").fetchall()
    assert rows == [(3, [], 0, True)]


def test_the_stand_in_remembers_it_and_has_nothing_left_to_tell(billed: Network, file: Path) -> None:
    kept = json.loads(file.read_text())
    assert len(kept["things"]["subscription"]) == 3
    assert kept["ahead"] == 0
    assert {one["id"] for one in kept["events"]} == set(kept["sent"])


def test_a_demo_without_test_billing_has_free_members_only(demo: Network) -> None:
    assert _plans(demo) == []
    code, said = demo.run("seed_demo", *NUMBERS)
    assert code == 0, said


def _plans(network: Network) -> list[tuple[str, str]]:
    with network.connect() as connection:
        return connection.execute(
            "SELECT plan, standing FROM tenants_practice WHERE plan <> 'member' ORDER BY plan, standing"
        ).fetchall()
