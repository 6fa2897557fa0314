"""What operations do, in words for developers, with the example of each body that is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_PATIENT = "01a22681-7b48-760e-b7bb-cde0f3317795"
_LOCATION = "01a22681-7b48-7a01-9c1f-6f0f3a1b2c3d"
_VENDOR = "01a22681-7b48-7c55-8e02-4d1b9a7c6e5f"
_LINE = {
    "external_id": "INV-2291/1", "vendor_id": _VENDOR, "invoice": "2291", "line": "1", "day": "2026-11-20",
    "code": "LX-100", "quantity": 2, "unit": "case", "amount_minor": 540000,
}  # fmt: skip
_RETURN = {
    "external_id": "INV-2295/1", "vendor_id": _VENDOR, "invoice": "2295", "line": "1", "day": "2026-11-24",
    "code": "LX-100", "quantity": -1, "amount_minor": -27000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """sends: an example of the body."""

    summary: str
    description: str
    sends: Mapping[str, Any] = field(default_factory=dict)


_LIST = (
    "In the order in which they were written, in pages. Keep the `watermark` of the first page, and send it another day"
    " as `updated_since`: that gives what was written since, however late it was committed. A row may come twice, never"
    " not at all."
)
_ONE = "With its ETag. Send it as If-None-Match, and what did not change is answered with 304."
_CHANGE = "Only what is sent changes. If-Match says which version you have seen; a stale one is refused with 412."
_STEP = "A step that was done already is refused with 409."

OPERATIONS: Mapping[tuple[str, str], Told] = {
    ("connection", "get"): Told("What the token is", "For whom it works, what it may do, until when. Ask it first."),
    ("locations", "get"): Told("List locations", _LIST),
    ("location", "get"): Told("Read a location", _ONE),
    ("services", "get"): Told("List services", _LIST),
    ("service", "get"): Told("Read a service", _ONE),
    ("staff", "get"): Told("List staff", _LIST),
    ("staff-member", "get"): Told("Read a staff member", _ONE),
    ("patients", "get"): Told("List patients", f"{_LIST} Records that were merged into another one say into which."),
    ("patients", "post"): Told(
        "Add a patient",
        "At least one name. What is wrong is said all at once, each with its place.",
        {
            "given_name": "Noor",
            "family_name": "Haddad",
            "external_ids": ["H-17"],
            "contact_points": [{"kind": "phone", "value": "(503) 555-0101", "label": "mobile"}],
        },
    ),
    ("patients-bulk", "post"): Told(
        "Add or change many patients",
        "Each is found by your own id. A row that cannot be kept is refused alone. A row that takes a patient’s wish"
        " back is kept without that, and its errors say so. At most 1,000 at once.",
        {"patients": [{"external_id": "H-17", "given_name": "Noor", "city": "Portland"}]},
    ),
    ("patient", "get"): Told("Read a patient", _ONE),
    ("patient", "patch"): Told("Change a patient", _CHANGE, {"city": "Salem", "birth_year": 1984}),
    ("visits", "get"): Told("List visits", _LIST),
    ("visits", "post"): Told(
        "Book a visit",
        "What the practice’s playbook plans for a visit is planned, as if its own team had booked.",
        {
            "patient_id": _PATIENT,
            "location_id": _LOCATION,
            "starts_at": "2026-11-30T09:00:00-08:00",
            "external_id": "A-1",
        },
    ),
    ("walk-ins", "post"): Told(
        "Note a walk-in",
        "A patient who is here without a booking: the visit begins now.",
        {"patient_id": _PATIENT, "location_id": _LOCATION},
    ),
    ("visit", "get"): Told("Read a visit", _ONE),
    ("visit", "patch"): Told("Move a visit", _CHANGE, {"starts_at": "2026-11-30T10:30:00-08:00"}),
    ("visit-confirm", "post"): Told("Confirm a visit", f"{_STEP} The patient said that they will come."),
    ("visit-arrive", "post"): Told("Note that the patient is here", _STEP),
    ("visit-call-in", "post"): Told("Call the patient in", f"{_STEP} Waiting ends, and is counted until then."),
    ("visit-complete", "post"): Told("Complete a visit", f"{_STEP} The thank-you note is planned."),
    ("visit-cancel", "post"): Told("Cancel a visit", f"{_STEP} What was planned for it is called off."),
    ("visit-no-show", "post"): Told("Note a missed visit", _STEP),
    ("memories", "get"): Told(
        "List memories",
        f"{_LIST} Not those that providers keep to themselves, nor those past their day. A forgotten one has no words.",
    ),
    ("memory", "get"): Told("Read a memory", _ONE),
    ("occasions", "get"): Told("List occasions", f"{_LIST} Birthdays stand with the patient."),
    ("occasion", "get"): Told("Read an occasion", _ONE),
    ("consents", "get"): Told(
        "List consents", f"{_LIST} Each answer is a row, and stays: the newest of a channel and purpose holds."
    ),
    ("consent", "get"): Told("Read a consent", _ONE),
    ("inquiries", "get"): Told("List inquiries", _LIST),
    ("inquiries", "post"): Told(
        "Hand in an inquiry",
        "A name, and a phone number or an email. The practice’s team is asked to call, in its working hours.",
        {"name": "Noor Haddad", "phone": "(503) 555-0101", "wants": "Less tired around the eyes."},
    ),
    ("inquiry", "get"): Told("Read an inquiry", _ONE),
    ("touchpoints", "get"): Told("List touchpoints", f"{_LIST} No webhook tells of them."),
    ("touchpoint", "get"): Told("Read a touchpoint", _ONE),
    ("feedback", "get"): Told("List feedback", _LIST),
    ("feedback-one", "get"): Told("Read an answer", _ONE),
    ("reviews", "get"): Told("List public reviews", f"{_LIST} Which patient wrote one is told to nobody."),
    ("review", "get"): Told("Read a public review", _ONE),
    ("imports", "get"): Told("List imports", "The newest fifty, those of the practice’s own people too."),
    ("imports", "post"): Told(
        "Bring a file",
        "A table of patients or of visits, as CSV or Excel, or a FHIR R4 bundle of Patient, Appointment and Encounter"
        " (transaction, batch, collection or searchset, as JSON). Nothing is imported yet: see what it `asks`, say what"
        " its columns are, or of a bundle only `known_as`, wait until it is checked, look at the preview and errors,"
        " and start it. Each entry of a bundle comes in by itself, also of a transaction; the errors name entries by"
        " their place, from 1. What our own FHIR pages give comes back in as whom it is. An"
        " identifier with the system urn:perennial:external-id is an external id of yours from then on, of the patient"
        " or of the visit; a visit may name its patient by one, too.",
        {"file_name": "clients.csv", "content": "Rmlyc3QgbmFtZSxMYXN0IG5hbWUKTm9vcixIYWRkYWQK", "kind": "patients"},
    ),
    ("import", "get"): Told("Read an import", "How far it is, and what it did. Ask again while it is at work."),
    ("import", "delete"): Told("Throw a file away", "Before anything of it was imported."),
    ("import-reading", "post"): Told(
        "Say how a file is read", "Only what is sent changes. The file is looked at anew.", {"header_row": 1}
    ),
    ("import-columns", "get"): Told("Read the columns of a file", "What each would become, and what it can."),
    ("import-columns", "post"): Told(
        "Say what the columns are",
        "Then the whole file is checked, and nothing is imported. Wait until its state is checked, or asks again.",
        {"mapping": ["given_name", "family_name"], "known_as": "Harbor Records"},
    ),
    ("import-preview", "get"): Told("Look at the first rows", "As they would be stored, once the file is checked."),
    ("import-errors", "get"): Told(
        "List what is wrong with rows", "In the order of the file, two hundred a page. Row 1 names the columns."
    ),
    ("import-start", "post"): Told("Import a file", "One at a time in a practice. One that was stopped goes on."),
    ("import-stop", "post"): Told("Stop an import", "After the rows that it is at. What is imported stays."),
    ("import-undo", "post"): Told("Take an import back", "Within 30 days. What was touched since is kept."),
    ("metrics", "get"): Told(
        "Read your practice’s figures",
        "All metrics of the latest closed month, or of `month`; with `metric` alone, that one for its latest 24 months."
        " What was not recorded is absent, never 0. A closed month that was corrected says so by its version.",
    ),
    ("benchmarks", "get"): Told(
        "Read the network’s releases",
        "Of the groups that the practice is in: all metrics of the latest closed month, or of `month`; with `metric`"
        " alone, that one for its latest 24 months. A hidden figure names the rule that hides it. `barred` says why a"
        " practice sees none.",
    ),
    ("vendors", "get"): Told("List vendors", f"{_LIST} Name them by their ids when you send purchases."),
    ("vendor", "get"): Told("Read a vendor", _ONE),
    ("offers", "get"): Told(
        "List offers",
        f"{_LIST} Offers to come and those that are over are among them; `day` gives those that hold on a day. One that"
        " was taken out before its first day is gone, and no webhook tells of offers: walk the whole list now and then."
        " A sandbox has offers of its own, which are made up.",
    ),
    ("offer", "get"): Told("Read an offer", _ONE),
    ("purchases", "get"): Told(
        "List purchases",
        f"{_LIST} One row is one line of an invoice, whoever brought it. Where a file was taken back, its lines are"
        " gone: the event purchases.changed tells.",
    ),
    ("purchases", "post"): Told(
        "Add a purchase",
        "One line of an invoice. `match` in the answer says what it became. A line that is here already, from a file or"
        " another program, is refused with 409, so that nothing is counted twice.",
        _LINE,
    ),
    ("purchases-bulk", "post"): Told(
        "Add or change many purchases",
        "Each is found by your own id. A row that cannot be kept is refused alone, and its errors say why. `duplicate`:"
        " the line was here already, from a file or another program, and was not added again. `match` says which rows"
        " nobody knows the item of: somebody at the practice names it under Savings. At most 1,000 at once.",
        {"purchases": [_LINE, _RETURN]},
    ),
    ("purchase", "get"): Told("Read a purchase", _ONE),
    ("purchase", "patch"): Told(
        "Correct a purchase",
        f"{_CHANGE} Only a line that your program brought. One that a rebate was claimed for stays: send a return.",
        {"quantity": 3, "amount_minor": 810000},
    ),
    ("webhook-event-types", "get"): Told(
        "List event types", "What a webhook can tell, the scope that it needs, and what to do when it comes."
    ),
    ("webhook-endpoints", "get"): Told("List webhook endpoints", "Those of your grant, at most five."),
    ("webhook-endpoints", "post"): Told(
        "Add a webhook endpoint",
        "The secret is in this answer and in no other. Deliveries are signed as Standard Webhooks says.",
        {"url": "https://hooks.example.com/perennial", "event_types": ["patient.changed", "visit.booked"]},
    ),
    ("webhook-endpoint", "get"): Told("Read a webhook endpoint", _ONE),
    ("webhook-endpoint", "patch"): Told(
        "Change a webhook endpoint", f"{_CHANGE} What waits goes to the new address.", {"is_on": True}
    ),
    ("webhook-endpoint", "delete"): Told(
        "Remove a webhook endpoint", "With everything that was told there, or waits to be."
    ),
    ("webhook-secret", "post"): Told(
        "Renew a webhook secret",
        "The new one is in this answer and in no other. Both sign for a day.",
        {"seen_by_others": False},
    ),
    ("webhook-test", "post"): Told("Send a test", "Tried once, at once."),
    ("webhook-missed", "post"): Told("Replay what was missed", "Everything that did not arrive, oldest first."),
    ("webhook-deliveries", "get"): Told("List deliveries", "The newest first, twenty-five a page."),
    ("webhook-replay", "post"): Told("Replay a delivery", "Once more, with the same id, for another two days."),
}
