"""The stand-in of the payments provider: for a demo that has no keys of its own."""

import secrets
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from infra.launch import project
from infra.launch.demo import is_demo
from infra.launch.ports import LOOPBACK, free_port
from infra.launch.prepare import start_child
from infra.launch.process import Child
from infra.launch.progress import StepFailed, finish, step
from infra.launch.servers import CONNECTION_FILE, Servers

KEY = "sk_test_demo"


def pretend_payments(environment: Mapping[str, str], *, data: Path) -> dict[str, str]:
    """What the settings need to know of it; nothing outside of a demo, or where somebody set keys."""
    if not is_demo(environment) or environment.get("STRIPE_SECRET_KEY"):
        return {}
    port = free_port()
    network = environment.get("NETWORK_HOST") or "perennial.localhost"
    return {
        "STRIPE_SECRET_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
        "STRIPE_API_BASE": f"http://{LOOPBACK}:{port}",
        "FAKE_STRIPE_PORT": str(port),
        "FAKE_STRIPE_FILE": str(data / "test-billing.json"),
        "FAKE_STRIPE_WEBHOOK": f"http://{network}:{environment['PORT']}/billing/stripe/",
    }


def start_payments(servers: Servers, environment: Mapping[str, str], *, children: list[Child]) -> None:
    """Start it where `pretend_payments` named it, and put on sale what is sold. `manage.py` finds it as it does the
    servers.
    """
    if "FAKE_STRIPE_PORT" not in environment:
        return
    with step("test billing") as line:
        command = [sys.executable, "-m", "infra.fakes.stripe"]
        child = start_child("test_billing", command, servers=servers, environment=environment)
        children.append(child)
        while not _listens(int(environment["FAKE_STRIPE_PORT"])):
            if not child.alive:
                raise StepFailed(child, child.process.returncode)
            time.sleep(0.05)
        finish(
            start_child("set_up_stripe", project.manage("set_up_stripe"), servers=servers, environment=environment),
            line,
        )
    with (servers.data / CONNECTION_FILE).open("a") as written:
        for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE"):
            written.write(f"{name}={environment[name]}\n")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
