"""What each permission lets somebody do in a practice, in words for its owner. The permissions themselves stand in
tenants.permissions; a test sees to it that none lacks its words."""

from dataclasses import dataclass

from tenants.models import Role
from tenants.permissions import ALLOWED, Verb, may

# After "They see".
SEES: dict[Verb, str] = {
    Verb.TODAY_VIEW: "Today: who comes, and the brief of each visit",
    Verb.PATIENTS_VIEW: "every patient: name, contact, visits, and what is remembered",
    Verb.CLINICAL_VIEW: "treatments, and what a provider marked as sensitive",
    Verb.FEEDBACK_VIEW: "what patients answered",
    Verb.MESSAGES_VIEW: "the texts and emails to patients, and the do-not-contact list",
    Verb.OCCASIONS_VIEW: "birthdays and other personal days",
    Verb.BENCHMARKS_VIEW: "where the practice stands in the network",
    Verb.PEOPLE_VIEW: "who belongs to the practice, and this review",
    Verb.TRAIL_VIEW: "who looked at what, as a file too",
    Verb.AGREEMENTS_VIEW: "the agreements with the network",
    Verb.GETTING_STARTED: "the first steps of the practice",
    Verb.REVIEWS_VIEW: "public reviews, and who was invited to write one",
    Verb.BILLING_VIEW: "the plan, what was used of it, and the invoices",
    Verb.OFFERS_VIEW: "what vendors offer to members, with prices, rebates and what the network receives",
    Verb.SAVINGS_VIEW: "what the practice bought, saved, earned back and was paid",
    Verb.STAFF_TIME_VIEW: "how much time each of the team spends with patients",
}

# After "They can".
CAN: dict[Verb, str] = {
    Verb.PATIENTS_ADD: "add patients",
    Verb.PATIENTS_CHANGE: "change what is kept about a patient",
    Verb.VISITS_MANAGE: "book, move, begin and end visits",
    Verb.NOTES_WRITE: "write thank-you notes",
    Verb.PURCHASES_MANAGE: "bring invoice lines and say what they are",
    Verb.HOLDOUTS_RUN: "start and stop hold-outs",
    Verb.MESSAGES_SEND: "send texts and emails to patients who agreed",
    Verb.CONSENTS_CHANGE: "write down what patients agree to, and whom to leave alone",
    Verb.TEMPLATES_MANAGE: "write the templates of texts and emails",
    Verb.SUPPRESSIONS_LIFT: "take an address off the do-not-contact list",
    Verb.FEEDBACK_RECORD: "take down a patient’s answer",
    Verb.PEOPLE_MANAGE: "invite people, change roles and end access, owners apart",
    Verb.ACCESS_REVIEW: "confirm the review of who can see what",
    Verb.OWNERSHIP_TRANSFER: "make somebody an owner, or hand the practice over",
    Verb.LOCATIONS_MANAGE: "add, change and close locations, their hours and days off",
    Verb.AGREEMENTS_ACCEPT: "accept agreements for the practice",
    Verb.PRACTICE_RENAME: "give the practice another name",
    Verb.PRACTICE_LEAVE: "ask to leave the network",
    Verb.PRACTICE_EXPORT: "export everything that is kept of the practice",
    Verb.CONTACTS_MAKE: "call patients before a visit, and write down what was said and promised",
    Verb.INQUIRIES_MANAGE: "take down who asks for a first visit, and call them",
    Verb.GIFTS_GIVE: "write small gifts into the ledger",
    Verb.PATIENTS_MERGE: "merge two records of one patient, and undo it",
    Verb.RECORD_REQUESTS_NOTE: "take down that a patient wants a record corrected, or its use restricted",
    Verb.RECORD_REQUESTS_ANSWER: "answer a patient’s wish to correct a record or restrict its use",
    Verb.RECORD_EXPORT: "export the record of one patient",
    Verb.RECOVERIES_WORK: "make things right with a patient who was unhappy",
    Verb.KIOSKS_MANAGE: "enroll a checkout tablet, and take its access away",
    Verb.KIOSK_OPEN: "open the questions for a visit on the checkout tablet",
    Verb.REVIEWS_MANAGE: "bring in public reviews, match and answer them, and choose the sites and rules of inviting",
    Verb.TESTIMONIALS_MANAGE: "publish what patients wrote, with their consent",
    Verb.PLAYBOOK_MANAGE: "change the playbook: which contacts are planned, and when",
    Verb.SERVICES_MANAGE: "change services: what to expect, aftercare, and the usual return",
    Verb.IMPORTS_RUN: "import patients and visits from a file, and undo an import",
    Verb.PARTNERS_MANAGE: "let other software in, say what it may do, and shut it out",
    Verb.BILLING_MANAGE: "choose and cancel the plan, and say how it is paid",
}


@dataclass(frozen=True, slots=True)
class Access:
    """What one role sees and may do, and what it does not and may not, in words."""

    role: str
    role_name: str
    sees: tuple[str, ...]
    can: tuple[str, ...]
    sees_not: tuple[str, ...]
    cannot: tuple[str, ...]


def access_of(role: str) -> Access:
    """Derived from the permissions as they are enforced."""
    return Access(
        role=role,
        role_name=Role(role).label,
        sees=tuple(words for verb, words in SEES.items() if may(role, verb)),
        can=tuple(words for verb, words in CAN.items() if may(role, verb)),
        sees_not=tuple(words for verb, words in SEES.items() if not may(role, verb)),
        cannot=tuple(words for verb, words in CAN.items() if not may(role, verb)),
    )


def verbs_of_a_practice() -> set[Verb]:
    """Those that any role of a practice may do."""
    return {verb for verb, roles in ALLOWED.items() if roles & set(Role.values)}
