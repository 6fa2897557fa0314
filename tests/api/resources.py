"""Every address of the API with a real record behind it, and a body that each write takes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.test import Client

from api.fhir import urls as fhir_urls
from api.v1.urls import urlpatterns
from billing.purchasing.exchange.write_purchases import upsert_purchases
from core.crypto import encrypt
from core.tenancy.scope import PracticeRef, control_plane, current_practice, practice_scope
from loyalty.inquiries.take import take
from loyalty.intake.upload import upload
from loyalty.models import (
    Consent,
    Feedback,
    FeedbackRequest,
    Import,
    ImportIssue,
    Location,
    Memory,
    Occasion,
    Patient,
    Review,
    ReviewSite,
    Service,
    Staff,
    Touchpoint,
    Visit,
)
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.walk_in import walk_in
from tenants.models import PartnerGrant
from tenants.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.secrets import new_secret
from tests.api.sending import patch, post
from tests.billing.purchasing import selling
from tests.cast import NOW

# "First name,Last name\nNoor,Haddad\n"
TABLE = "Rmlyc3QgbmFtZSxMYXN0IG5hbWUKTm9vcixIYWRkYWQK"
# By address and method; "{patient}" and the like stand for ids of `records`.
BODIES: dict[tuple[str, str], Any] = {
    ("patients", "post"): {"given_name": "Noor"},
    ("patients-bulk", "post"): {"patients": [{"external_id": "H-9", "given_name": "Noor"}]},
    ("patient", "patch"): {"city": "Salem"},
    ("visits", "post"): {
        "patient_id": "{patient}", "location_id": "{location}", "starts_at": (NOW + timedelta(days=3)).isoformat(),
    },
    ("walk-ins", "post"): {"patient_id": "{patient}", "location_id": "{location}"},
    ("visit", "patch"): {"starts_at": (NOW + timedelta(days=4)).isoformat()},
    ("visit-confirm", "post"): None,
    ("visit-arrive", "post"): None,
    ("visit-call-in", "post"): None,
    ("visit-complete", "post"): {},
    ("visit-cancel", "post"): None,
    ("visit-no-show", "post"): None,
    ("inquiries", "post"): {"name": "Ines Okafor", "phone": "(503) 555-0109"},
    ("imports", "post"): {"file_name": "clients.csv", "content": TABLE},
    ("import", "delete"): None,
    ("import-reading", "post"): {"header_row": 1},
    ("import-columns", "post"): {"mapping": ["given_name", "family_name"], "known_as": "Elsewhere"},
    ("import-start", "post"): None,
    ("import-stop", "post"): None,
    ("import-undo", "post"): None,
    ("purchases", "post"): {
        "external_id": "L-9", "vendor_id": "{vendor}", "invoice": "2291", "line": "1", "day": "2026-10-05",
        "code": "SF-100", "quantity": 2, "amount_minor": 80_000,
    },
    ("purchases-bulk", "post"): {
        "purchases": [
            {
                "external_id": "L-9", "vendor_id": "01a22681-7b48-760e-b7bb-cde0f3317795", "invoice": "2291",
                "day": "2026-10-05", "description": "Silk filler", "amount_minor": 80_000,
            },
        ],
    },
    ("purchase", "patch"): {"amount_minor": 90_000},
    ("webhook-endpoints", "post"): {"url": "https://hooks.example.com/new", "event_types": ["location.changed"]},
    ("webhook-endpoint", "patch"): {"url": "https://hooks.example.com/other"},
    ("webhook-endpoint", "delete"): None,
    ("webhook-secret", "post"): {"seen_by_others": False},
    ("webhook-test", "post"): None,
    ("webhook-missed", "post"): None,
    ("webhook-replay", "post"): None,
}  # fmt: skip
_known: dict[str, str] = {}


def records(patient: Patient, *, now: datetime) -> dict[str, str]:
    """Ids by the kind of record; inside the practice."""
    location = Location.objects.get()
    service = Service.objects.first() or Service.objects.create(name="Peel")
    visit = book(patient_id=patient.id, location_id=location.id, starts_at=now, now=now)
    found = {"location": location, "service": service, "staff-member": Staff.objects.first(), "patient": patient}
    found |= {"visit": visit, **steps(patient, location, now), **told(now), **known(patient, visit, now)}
    found |= brought(now) | bought(now)
    found |= {
        "fhir-patient": patient, "fhir-appointment": visit, "fhir-encounter": found["visit-call-in"],
        "fhir-location": location, "fhir-practitioner": found["staff-member"],
    }  # fmt: skip
    return {kind: str(row.id) for kind, row in found.items() if row is not None}


def steps(patient: Patient, location: Location, now: datetime) -> dict[str, Visit]:
    """Visits for steps that the one of `records`, which begins now, cannot take."""
    ahead = book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=2), now=now)
    waiting = enrol(given_name="Noor", family_name="Haddad", now=now)
    return {
        "visit-confirm": ahead,
        "visit-call-in": walk_in(patient_id=waiting.id, location_id=location.id, now=now),
    }


def brought(now: datetime) -> dict[str, Any]:
    """A file for each step: as it came, checked, running, and imported."""

    def one(**state: Any) -> Import:
        of = upload(name="clients.csv", chunks=[b"First name,Last name\nNoor,Haddad\n"])
        Import.objects.filter(id=of.id).update(**state)
        return of

    checked, begun = {"state": "checked", "rows": 1, "new": 1}, {"started_at": now, "worked_at": now}
    done = one(state="done", finished_at=now, **begun, refused=1)
    ImportIssue.objects.create(of=done, row=2, column="Phone", reason="Is no number", lands=True)
    return {
        "import": one(),
        "import-preview": one(**checked),
        "import-start": one(**checked),
        "import-stop": one(state="running", **begun),
        "import-undo": done,
        "import-errors": done,
    }


def known(patient: Patient, visit: Visit, now: datetime) -> dict[str, Any]:
    """One of everything that a practice knows of a patient, or heard."""
    day = {"day": now.date()}
    asked = FeedbackRequest.objects.create(patient=patient, visit=visit, mode="link", asked_at=now, **day)
    return {
        "memory": Memory.objects.create(patient=patient, text="Runs on Saturdays.", source="told us"),
        "occasion": Occasion.objects.create(patient=patient, kind="custom", label="Wedding", month=6, day=15),
        "consent": Consent.objects.create(
            patient=patient, channel="text", purpose="visits", granted=True, decided_at=now, source="on paper"
        ),
        "inquiry": take(name="Ines Okafor", phone="(503) 555-0109", wants="To look rested.", now=now),
        "touchpoint": Touchpoint.objects.create(
            patient=patient, kind="note", channel="card", due_at=now, role="provider", **day
        ),
        "feedback": Feedback.objects.create(
            patient=patient, visit=visit, request=asked, mode="link", score=9, liked="Kind.", answered_at=now, **day
        ),
        "review": Review.objects.create(
            site=ReviewSite.objects.get_or_create(name="Harbor Reviews")[0],
            author="N. H.",
            rating=5,
            posted_on=now.date(),
        ),
    }


def bought(now: datetime) -> dict[str, Any]:
    """An offer of a vendor, and a line that the program that was let in brought."""
    place = current_practice()
    with control_plane():
        grant = PartnerGrant.objects.filter(practice_id=place.id, ended_at__isnull=True).first()
        vendor = selling.vendor()
        item = selling.item(vendor, "SF-100", name="Silk filler", unit="syringe")
        item.units.create(name="case", holds=10)
        item.catalog_prices.create(from_day=date(2025, 1, 1), minor=45_000)
        offer = item.offers.create(contract=selling.contract(vendor), kind="volume", begins_on=date(2025, 1, 1))
        offer.prices.create(from_quantity=1, off=Decimal("0.1"))
        offer.prices.create(from_quantity=10, off=Decimal("0.125"))
    given = {
        "vendor_id": vendor.id, "invoice": "2290", "line": "1", "day": date(2026, 10, 5), "code": "SF-100",
        "quantity": Decimal("2.5"), "unit": "case", "amount_minor": 1_000_000, "external_id": "L-1",
    }  # fmt: skip
    application_id = grant.application_id if grant else uuid4()
    (result,) = upsert_purchases(rows=[given], application_id=application_id, now=now)
    return {"vendor": vendor, "offer": offer, "purchase": result.line}


def told(now: datetime) -> dict[str, Any]:
    """Where the program that was let in is told, and what did not arrive."""
    place = current_practice()
    with control_plane():
        grant = PartnerGrant.objects.filter(practice_id=place.id, ended_at__isnull=True).first()
    endpoint = WebhookEndpoint.objects.create(
        grant_id=grant.id if grant else uuid4(),
        application_id=grant.application_id if grant else uuid4(),
        url="https://hooks.example.com/told",
        kinds=["location.changed"],
        secret=encrypt(new_secret()),
        secret_changed_at=now,
    )
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint,
        event_number=1,
        kind="location.changed",
        record_id=uuid4(),
        happened_at=now,
        queued_at=now,
        next_try_at=now,
        state=DeliveryState.FAILED,
        ended_at=now,
    )
    return {"endpoint": endpoint, "delivery": delivery}


def paths(practice: PracticeRef, patient: Patient, *, now: datetime) -> dict[Any, str]:
    """The path of each pattern under /api/v1/."""
    with practice_scope(practice):
        _known.clear()
        _known.update(records(patient, now=now))
    return {pattern: "/api/v1/" + _filled(pattern) for pattern in urlpatterns}


def fhir_paths() -> dict[Any, str]:
    """The path of each pattern under /api/fhir/r4/, with the records that `paths` made."""
    return {pattern: "/api/fhir/r4/" + _filled(pattern) for pattern in fhir_urls.for_programs}


def ask(client: Client, pattern: Any, method: str, path: str) -> Any:
    """As the right token would: with a body that is taken, a new key, and whatever version there is."""
    if (pattern.name, method) not in BODIES:
        return getattr(client, method)(path)
    if method == "delete":
        return client.delete(path)
    body = BODIES[pattern.name, method]
    if body is not None:
        body = {
            name: _known[value[1:-1]] if isinstance(value, str) and value.startswith("{") else value
            for name, value in body.items()
        }
    return post(client, path, body) if method == "post" else patch(client, path, body, etag="*")


def _filled(pattern: Any) -> str:
    """The kind of record is the name of its address, or the first word of that of one of its verbs."""
    route = str(pattern.pattern)
    for name in pattern.pattern.converters:
        kind = name.removesuffix("_id")
        if name in ("row_id", "import_id"):
            kind = pattern.name if pattern.name in _known else pattern.name.partition("-")[0]
        route = route.replace(f"<uuid:{name}>", _known[kind])
    return route
