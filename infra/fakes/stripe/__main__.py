"""`python -m infra.fakes.stripe`: the stand-in of a demo, until it is stopped.

FAKE_STRIPE_PORT, FAKE_STRIPE_FILE, FAKE_STRIPE_WEBHOOK and STRIPE_WEBHOOK_SECRET say where, and whom it tells.
"""

import os
import time
from pathlib import Path

from infra.fakes.stripe.server import Server
from infra.fakes.stripe.state import State
from infra.fakes.stripe.subscriptions import tick

PAUSE_SECONDS = 0.5


def main() -> None:
    server = Server(
        State(Path(os.environ["FAKE_STRIPE_FILE"])),
        port=int(os.environ["FAKE_STRIPE_PORT"]),
        webhook=os.environ["FAKE_STRIPE_WEBHOOK"],
        secret=os.environ["STRIPE_WEBHOOK_SECRET"],
    ).begin()
    while True:
        with server.state.lock:
            tick(server.state)
            server.state.save()
        server.deliver()
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
