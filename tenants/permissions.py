"""Who may do what: roles × verbs, in one table. What is not in the table is refused."""

from enum import StrEnum

from tenants.models import Person, Role

OWNER, MANAGER, PROVIDER, FRONT_DESK = Role.OWNER, Role.MANAGER, Role.PROVIDER, Role.FRONT_DESK
NETWORK_ADMIN, NETWORK_ANALYST = Person.NetworkRole.ADMIN, Person.NetworkRole.ANALYST

# Principals that are no people: an enrolled tablet, and a partner's program, whose scopes (tenants.partners) say what
# it may do; of these verbs it has none.
KIOSK, PARTNER = "kiosk", "partner"
PRINCIPALS = (OWNER, MANAGER, PROVIDER, FRONT_DESK, NETWORK_ADMIN, NETWORK_ANALYST, KIOSK, PARTNER)


class Verb(StrEnum):
    # In a practice
    TODAY_VIEW = "today.view"
    PATIENTS_VIEW = "patients.view"
    PATIENTS_ADD = "patients.add"
    PATIENTS_CHANGE = "patients.change"
    CLINICAL_VIEW = "clinical.view"
    VISITS_MANAGE = "visits.manage"
    NOTES_WRITE = "notes.write"
    FEEDBACK_VIEW = "feedback.view"
    FEEDBACK_RECORD = "feedback.record"
    OCCASIONS_VIEW = "occasions.view"
    BENCHMARKS_VIEW = "benchmarks.view"
    MESSAGES_VIEW = "messages.view"
    MESSAGES_SEND = "messages.send"
    TEMPLATES_MANAGE = "templates.manage"
    CONSENTS_CHANGE = "consents.change"
    SUPPRESSIONS_LIFT = "suppressions.lift"
    PEOPLE_VIEW = "people.view"
    PEOPLE_MANAGE = "people.manage"
    OWNERSHIP_TRANSFER = "ownership.transfer"
    ACCESS_REVIEW = "access.review"
    TRAIL_VIEW = "trail.view"
    AGREEMENTS_VIEW = "agreements.view"
    AGREEMENTS_ACCEPT = "agreements.accept"
    GETTING_STARTED = "getting_started.view"
    LOCATIONS_MANAGE = "locations.manage"
    PRACTICE_RENAME = "practice.rename"
    PRACTICE_LEAVE = "practice.leave"
    PRACTICE_EXPORT = "practice.export"
    CONTACTS_MAKE = "contacts.make"
    INQUIRIES_MANAGE = "inquiries.manage"
    GIFTS_GIVE = "gifts.give"
    PATIENTS_MERGE = "patients.merge"
    RECORD_REQUESTS_NOTE = "record_requests.note"
    RECORD_REQUESTS_ANSWER = "record_requests.answer"
    RECORD_EXPORT = "record.export"
    RECOVERIES_WORK = "recoveries.work"
    KIOSKS_MANAGE = "kiosks.manage"
    KIOSK_OPEN = "kiosk.open"
    REVIEWS_VIEW = "reviews.view"
    REVIEWS_MANAGE = "reviews.manage"
    TESTIMONIALS_MANAGE = "testimonials.manage"
    PLAYBOOK_MANAGE = "playbook.manage"
    SERVICES_MANAGE = "services.manage"
    IMPORTS_RUN = "imports.run"
    STAFF_TIME_VIEW = "staff_time.view"
    HOLDOUTS_RUN = "holdouts.run"
    PARTNERS_MANAGE = "partners.manage"
    BILLING_VIEW = "billing.view"
    BILLING_MANAGE = "billing.manage"
    OFFERS_VIEW = "offers.view"
    SAVINGS_VIEW = "savings.view"
    PURCHASES_MANAGE = "purchases.manage"
    # Of an enrolled tablet
    KIOSK_ANSWER = "kiosk.answer"
    # In the network
    MEMBERS_VIEW = "members.view"
    NETWORK_TRAIL_VIEW = "network_trail.view"
    NETWORK_BENCHMARKS_VIEW = "network_benchmarks.view"
    RELEASES_MANAGE = "releases.manage"
    NETWORK_PEOPLE_MANAGE = "network_people.manage"
    APPLICATIONS_ANSWER = "applications.answer"
    PRACTICES_OPEN = "practices.open"
    MEMBERS_MANAGE = "members.manage"
    ANNOUNCEMENTS_WRITE = "announcements.write"
    PARTNERS_REGISTER = "partners.register"
    PURCHASING_VIEW = "purchasing.view"
    PURCHASING_MANAGE = "purchasing.manage"
    NETWORK_BILLING_VIEW = "network_billing.view"


_EVERYONE_IN_A_PRACTICE = frozenset({OWNER, MANAGER, PROVIDER, FRONT_DESK})

ALLOWED: dict[Verb, frozenset[str]] = {
    Verb.TODAY_VIEW: _EVERYONE_IN_A_PRACTICE,
    Verb.PATIENTS_VIEW: _EVERYONE_IN_A_PRACTICE,
    Verb.PATIENTS_ADD: _EVERYONE_IN_A_PRACTICE,
    Verb.PATIENTS_CHANGE: _EVERYONE_IN_A_PRACTICE,
    Verb.CLINICAL_VIEW: frozenset({OWNER, MANAGER, PROVIDER}),
    Verb.VISITS_MANAGE: _EVERYONE_IN_A_PRACTICE,
    Verb.NOTES_WRITE: _EVERYONE_IN_A_PRACTICE,
    Verb.FEEDBACK_VIEW: frozenset({OWNER, MANAGER, PROVIDER}),
    Verb.FEEDBACK_RECORD: _EVERYONE_IN_A_PRACTICE,
    Verb.OCCASIONS_VIEW: _EVERYONE_IN_A_PRACTICE,
    Verb.BENCHMARKS_VIEW: frozenset({OWNER, MANAGER}),
    Verb.MESSAGES_VIEW: _EVERYONE_IN_A_PRACTICE,
    Verb.MESSAGES_SEND: _EVERYONE_IN_A_PRACTICE,
    Verb.TEMPLATES_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.CONSENTS_CHANGE: _EVERYONE_IN_A_PRACTICE,
    Verb.SUPPRESSIONS_LIFT: frozenset({OWNER, MANAGER}),
    Verb.PEOPLE_VIEW: frozenset({OWNER, MANAGER}),
    Verb.PEOPLE_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.OWNERSHIP_TRANSFER: frozenset({OWNER}),
    Verb.ACCESS_REVIEW: frozenset({OWNER}),
    Verb.TRAIL_VIEW: frozenset({OWNER}),
    Verb.MEMBERS_VIEW: frozenset({NETWORK_ADMIN, NETWORK_ANALYST}),
    Verb.NETWORK_TRAIL_VIEW: frozenset({NETWORK_ADMIN}),
    Verb.NETWORK_BENCHMARKS_VIEW: frozenset({NETWORK_ADMIN, NETWORK_ANALYST}),
    Verb.RELEASES_MANAGE: frozenset({NETWORK_ADMIN}),
    Verb.NETWORK_PEOPLE_MANAGE: frozenset({NETWORK_ADMIN}),
    Verb.AGREEMENTS_VIEW: _EVERYONE_IN_A_PRACTICE,
    Verb.AGREEMENTS_ACCEPT: frozenset({OWNER}),
    Verb.GETTING_STARTED: frozenset({OWNER, MANAGER}),
    Verb.LOCATIONS_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.PRACTICE_RENAME: frozenset({OWNER}),
    Verb.PRACTICE_LEAVE: frozenset({OWNER}),
    Verb.PRACTICE_EXPORT: frozenset({OWNER}),
    Verb.APPLICATIONS_ANSWER: frozenset({NETWORK_ADMIN}),
    Verb.PRACTICES_OPEN: frozenset({NETWORK_ADMIN}),
    Verb.MEMBERS_MANAGE: frozenset({NETWORK_ADMIN}),
    Verb.CONTACTS_MAKE: _EVERYONE_IN_A_PRACTICE,
    Verb.INQUIRIES_MANAGE: _EVERYONE_IN_A_PRACTICE,
    Verb.GIFTS_GIVE: _EVERYONE_IN_A_PRACTICE,
    Verb.PATIENTS_MERGE: frozenset({OWNER, MANAGER}),
    Verb.RECORD_REQUESTS_NOTE: _EVERYONE_IN_A_PRACTICE,
    Verb.RECORD_REQUESTS_ANSWER: frozenset({OWNER, MANAGER}),
    Verb.RECORD_EXPORT: frozenset({OWNER, MANAGER}),
    Verb.RECOVERIES_WORK: frozenset({OWNER, MANAGER, PROVIDER}),
    Verb.KIOSKS_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.KIOSK_OPEN: _EVERYONE_IN_A_PRACTICE,
    Verb.REVIEWS_VIEW: _EVERYONE_IN_A_PRACTICE,
    Verb.REVIEWS_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.TESTIMONIALS_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.PLAYBOOK_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.SERVICES_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.IMPORTS_RUN: frozenset({OWNER, MANAGER}),
    Verb.STAFF_TIME_VIEW: frozenset({OWNER}),
    Verb.HOLDOUTS_RUN: frozenset({OWNER}),
    Verb.PARTNERS_MANAGE: frozenset({OWNER}),
    Verb.BILLING_VIEW: frozenset({OWNER, MANAGER}),
    Verb.BILLING_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.ANNOUNCEMENTS_WRITE: frozenset({NETWORK_ADMIN}),
    Verb.PARTNERS_REGISTER: frozenset({NETWORK_ADMIN}),
    Verb.NETWORK_BILLING_VIEW: frozenset({NETWORK_ADMIN}),
    Verb.PURCHASING_VIEW: frozenset({NETWORK_ADMIN, NETWORK_ANALYST}),
    Verb.PURCHASING_MANAGE: frozenset({NETWORK_ADMIN}),
    Verb.OFFERS_VIEW: frozenset({OWNER, MANAGER}),
    Verb.SAVINGS_VIEW: frozenset({OWNER, MANAGER}),
    Verb.PURCHASES_MANAGE: frozenset({OWNER, MANAGER}),
    Verb.KIOSK_ANSWER: frozenset({KIOSK}),
}

# What a practice may do before its agreements are accepted. Everything else waits: it may show or take patients.
BEFORE_AGREEMENT = frozenset(
    {
        Verb.AGREEMENTS_VIEW,
        Verb.AGREEMENTS_ACCEPT,
        Verb.GETTING_STARTED,
        Verb.LOCATIONS_MANAGE,
        Verb.PRACTICE_RENAME,
        Verb.PRACTICE_LEAVE,
        # So that whoever was invited first can bring in, and hand over to, whoever may sign.
        Verb.PEOPLE_VIEW,
        Verb.PEOPLE_MANAGE,
        Verb.OWNERSHIP_TRANSFER,
    }
)

# What a read-only practice may still change: what it owes, who works there, and what patients have a right to.
# Reading is never in question, and leaving and the export least of all.
WHEN_READ_ONLY = frozenset(
    {
        Verb.BILLING_MANAGE,
        Verb.PRACTICE_EXPORT,
        Verb.PRACTICE_LEAVE,
        Verb.RECORD_EXPORT,
        Verb.RECORD_REQUESTS_NOTE,
        Verb.RECORD_REQUESTS_ANSWER,
        Verb.CONSENTS_CHANGE,
        Verb.AGREEMENTS_ACCEPT,
        Verb.PEOPLE_MANAGE,
        Verb.OWNERSHIP_TRANSFER,
        Verb.ACCESS_REVIEW,
        Verb.KIOSKS_MANAGE,
        Verb.PARTNERS_MANAGE,
    }
)

# What stays open while a practice is suspended, and after it left: nobody's records are held back.
WHEN_CLOSED = frozenset({Verb.PRACTICE_EXPORT})


def may(role: str, verb: Verb) -> bool:
    """Whether `role` may do `verb`; False for a role or a verb that the table does not hold."""
    return bool(role) and role in ALLOWED.get(verb, frozenset())


# Whom each role may bring in, change and send away: nobody gives a role that stands above their own.
MAY_GIVE: dict[str, frozenset[str]] = {
    OWNER: frozenset({OWNER, MANAGER, PROVIDER, FRONT_DESK}),
    MANAGER: frozenset({MANAGER, PROVIDER, FRONT_DESK}),
    NETWORK_ADMIN: frozenset({NETWORK_ADMIN, NETWORK_ANALYST}),
}


def may_give(role: str, other: str) -> bool:
    """Whether `role` may make somebody an `other`, or take that from them; False for a role that the table lacks."""
    return other in MAY_GIVE.get(role, frozenset())


_STANDING = (FRONT_DESK, PROVIDER, MANAGER, OWNER)


def stands_above(role: str, other: str) -> bool:
    """Whether `role` is a higher one in a practice than `other`; a role that is none stands below all."""
    places: dict[str, int] = {known: place for place, known in enumerate(_STANDING)}
    return places.get(role, -1) > places.get(other, -1)
