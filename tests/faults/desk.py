"""A busy desk: several people at once who work through patients by HTTP, whatever happens to the server meanwhile."""

import http.client
import random
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from core.tenancy.scope import PracticeRef, practice_scope
from infra.launch.ports import LOOPBACK
from loyalty.models import Location, Patient, Touchpoint, TouchpointKind, Visit, VisitSource
from tenants import hosts
from tests.faults.agreeing import MOVED_TO_MINUTE
from tests.faults.running import PATIENCE

# A zone in which it is ten in the morning now: whatever is booked for today is still to come, and today stays today.
MORNING = 10
NO_ANSWER = 0


def zone_of_the_morning() -> str:
    ahead = (MORNING - datetime.now(UTC).hour + 11) % 24 - 11
    # The names of these zones count westwards.
    return f"Etc/GMT{-ahead:+d}"


class Answer(NamedTuple):
    status: int
    text: str


@dataclass
class Desk:
    """cookie: a session of somebody who may do everything. serving: cleared while the web server is known to be down.

    asked: how many requests were sent. answers: how many by status; NO_ANSWER for those that were cut off.
    """

    place: PracticeRef
    port: int
    cookie: str
    today: date
    serving: threading.Event = field(default_factory=threading.Event)
    turn: threading.Condition = field(default_factory=threading.Condition)
    asked: int = 0
    answers: dict[int, int] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)

    def get(self, path: str) -> int:
        return self._send("GET", path, {})

    def post(self, path: str, **given: Any) -> int:
        return self._send("POST", path, given)

    def _send(self, method: str, path: str, given: dict[str, Any]) -> int:
        """The status, or NO_ANSWER. Somebody who gets no answer does not know whether it was done."""
        assert self.serving.wait(PATIENCE), "the web server stays down"
        status = self.ask(method, path, given).status
        with self.turn:
            self.asked += 1
            self.answers[status] = self.answers.get(status, 0) + 1
            self.turn.notify_all()
        return status

    def ask(self, method: str, path: str, given: dict[str, Any]) -> Answer:
        token = secrets.token_hex(16)
        headers = {
            "Host": f"{hosts.host_of(self.place.slug)}:{self.port}",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        http_connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=PATIENCE)
        try:
            http_connection.request(method, path, body=urlencode(given), headers=headers)
            answer = http_connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        except (OSError, http.client.HTTPException):
            return Answer(NO_ANSWER, "")
        finally:
            http_connection.close()

    def work(self, *, until: int, seed: int) -> None:
        """One person's work: one patient after the other until so many requests were sent by all."""
        chance = random.Random(seed)
        try:
            while self.asked < until:
                self._one_patient(chance)
        except BaseException as error:
            self.failures.append(error)
            raise
        finally:
            connection.close()

    def _one_patient(self, chance: random.Random) -> None:
        name = f"N{secrets.token_hex(6)}"
        self.post("/patients/new/", given_name="Nell", family_name=name, phone="(303) 555-0142")
        patient = self.found(Patient, family_name=name)
        if patient is None:
            return
        here = f"/patients/{patient}/"
        place = self.found(Location)
        self.post(f"{here}visits/walk-in/", location=place)
        visit = self.found(Visit, patient_id=patient, source=VisitSource.WALK_IN)
        if visit is not None:
            self.post(f"/visits/{visit}/completion/")
            self.post(f"/visits/{visit}/feedback/", score=chance.randint(0, 10), liked="The welcome")
            note = self.found(Touchpoint, visit_id=visit, kind=TouchpointKind.NOTE)
            if note is not None:
                self.post(f"/notes/{note}/written/")
        later = self.today + timedelta(days=30)
        self.post(f"{here}visits/new/", location=place, day=later, clock="14:00")
        booked = self.found(Visit, patient_id=patient, day=later)
        if booked is not None:
            self.post(f"/visits/{booked}/time/", day=later, clock=f"15:{MOVED_TO_MINUTE}")
            if chance.random() < 0.5:
                self.post(f"/visits/{booked}/cancellation/")
        self.post(f"{here}visits/new/", location=place, day=self.today, clock="16:00")
        today = self.found(Visit, patient_id=patient, day=self.today, source=VisitSource.BOOKED)
        if today is not None:
            self.post(f"/visits/{today}/arrival/")
        self.get(here)

    def found(self, model: Any, **by: Any) -> Any:
        """What is really there, as somebody sees who opens the page anew."""
        with practice_scope(self.place):
            return model.objects.filter(**by).values_list("pk", flat=True).first()
