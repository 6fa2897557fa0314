"""The demo's stand-in of the payments provider: where nobody set keys, and nowhere else."""

from urllib.request import Request, urlopen

import pytest

from infra.launch.payments import pretend_payments, start_payments
from infra.launch.process import stop_all
from infra.launch.project import python_environment
from infra.launch.servers import CONNECTION_FILE, Servers


def test_only_a_demo_without_keys_has_one(scratch: Servers) -> None:
    asked = {"PORT": "8000", "NETWORK_HOST": "x.localhost"}
    assert pretend_payments({**asked, "DEMO": "0"}, data=scratch.data) == {}
    assert pretend_payments({**asked, "DEMO": "1", "STRIPE_SECRET_KEY": "sk_test_own"}, data=scratch.data) == {}
    made = pretend_payments({**asked, "DEMO": "1"}, data=scratch.data)
    assert made["STRIPE_API_BASE"] == f"http://127.0.0.1:{made['FAKE_STRIPE_PORT']}"
    assert made["FAKE_STRIPE_WEBHOOK"] == "http://x.localhost:8000/billing/stripe/"
    assert made["STRIPE_SECRET_KEY"].startswith("sk_test_")


@pytest.mark.slow
def test_it_is_started_with_everything_on_sale_and_commands_find_it(scratch: Servers) -> None:
    surroundings = python_environment({**scratch.environment(), "PORT": "8000"})
    surroundings |= pretend_payments(surroundings, data=scratch.data)
    children = []
    try:
        start_payments(scratch, surroundings, children=children)
        asked = Request(  # noqa: S310  loopback
            f"{surroundings['STRIPE_API_BASE']}/v1/prices", headers={"Authorization": "Bearer sk_test_demo"}
        )
        with urlopen(asked, timeout=10) as answer:  # noqa: S310
            assert b"perennial_group_year" in answer.read()
        written = (scratch.data / CONNECTION_FILE).read_text()
        assert f"STRIPE_API_BASE={surroundings['STRIPE_API_BASE']}" in written
    finally:
        stop_all(children, patience=5)
