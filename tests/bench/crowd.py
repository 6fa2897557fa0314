"""Thirty-two programs at once ask for one list: what the slowest of a hundred waits, and what the limit answers."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import chain

from core.tenancy.scope import PracticeRef
from tenants import hosts
from tests.bench.copying import settle
from tests.bench.measure import Bench, Measure
from tests.bench.people import bring_people
from tests.bench.readings import MILLI, Readings
from tests.bench.table import Row
from tests.bench.upserting import token_at
from tests.browser.conftest import ROOT, _wait_until_healthy, free_port

PEOPLE, PAGE = 2_000, 50
CLIENTS, EACH, WARM_UP = 32, 25, 4
# A minute may begin in the middle of it, and then twice as many are answered; there are more than that.
LIMIT = 200


class OtherAnswers(Exception):
    """Something else was answered, so the times say nothing."""


class Crowd(Measure):
    name = "crowd"

    def rows(self, bench: Bench) -> list[Row]:
        practice = bench.network.open_apart("crowd")
        bring_people(practice, patients=PEOPLE, now=bench.network.now)
        settle(practice.schema_name)
        # Two programs: the limit is one's own, and counts what the other run asked in the same minute.
        token, other = token_at(practice, name="Bench Crowds"), token_at(practice, name="Bench Crowds, limited")
        with serving(limit=1_000_000) as port:
            asked_at_once(port, practice, token, each=WARM_UP)
            answers, times = asked_at_once(port, practice, token, each=EACH)
        if set(answers) != {200}:
            raise OtherAnswers(f"{dict(answers)}, where only 200 was to come")
        with serving(limit=LIMIT) as port:
            limited, _ = asked_at_once(port, practice, other, each=EACH)
        if set(limited) != {200, 429} or limited[200] > 2 * LIMIT:
            raise OtherAnswers(f"{dict(limited)} beyond {LIMIT} a minute, where 200 and 429 were to come")
        work = f"list of {PAGE} patients, {CLIENTS} programs at once"
        return [
            Row(
                work=f"{work}: p99",
                unit="ms",
                ours=times.at(0.99) * MILLI,
                ours_least=times.least * MILLI,
                note=f"limits lifted, {CLIENTS * EACH} answers, all 200, half within {times.median * MILLI:,.0f} ms;"
                " clients, server and database on one machine",
            ),
            Row(
                work=f"  … beyond {LIMIT} requests a minute: answered 200",
                unit="requests",
                ours=limited[200],
                note=f"the other {limited[429]} of {CLIENTS * EACH} were 429; nothing else came",
            ),
        ]


@contextmanager
def serving(*, limit: int) -> Iterator[int]:
    """The web server of `make run` on a port of its own. limit: requests a minute. What it says is thrown away: nobody
    would read a pipe, and a full one stops whoever writes into it."""
    port = free_port()
    told = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "DEMO": "0", "API_REQUESTS_A_MINUTE": str(limit)}
    command = [sys.executable, "-m", "infra.launch", "web"]
    server = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_healthy(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def asked_at_once(port: int, practice: PracticeRef, token: str, *, each: int) -> tuple[Counter[int], Readings]:
    """How many of each status, and what each request took, with its connection: each has one of its own."""
    told: list[list[tuple[int, float]]] = [[] for _ in range(CLIENTS)]
    begin = threading.Barrier(CLIENTS)
    headers = {"Host": f"{hosts.host_of(practice.slug)}:{port}", "Authorization": f"Bearer {token}"}

    def client(mine: list[tuple[int, float]]) -> None:
        begin.wait()
        for _ in range(each):
            began = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", f"/api/v1/patients/?size={PAGE}", headers={**headers, "Connection": "close"})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            mine.append((answer.status, time.perf_counter() - began))

    threads = [threading.Thread(target=client, args=(mine,)) for mine in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = list(chain.from_iterable(told))
    if len(every) != CLIENTS * each:
        raise OtherAnswers(f"{CLIENTS * each - len(every)} requests got no answer")
    return Counter(status for status, _ in every), Readings(wall=[seconds for _, seconds in every])
