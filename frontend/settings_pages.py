"""What can be set up in a practice, as the settings page lists it: a new page is one line here."""

from dataclasses import dataclass

from tenants.permissions import Verb
from tenants.principal import Principal


@dataclass(frozen=True, slots=True)
class Way:
    """One way on. `says`: what is found there, in a few words."""

    text: str
    says: str
    icon: str
    route: str
    verb: Verb


@dataclass(frozen=True, slots=True)
class SettingsGroup:
    title: str
    key: str
    pages: tuple[Way, ...]


GROUPS = (
    SettingsGroup(
        "The practice",
        "practice",
        (
            Way("Name", "As your patients know you", "store", "portal:practice-name", Verb.PRACTICE_RENAME),
            Way("Locations", "Addresses, hours and days off", "map-pin", "portal:locations", Verb.LOCATIONS_MANAGE),
            Way("People", "Who signs in, and what they may do", "id-card", "portal:people", Verb.PEOPLE_VIEW),
            Way("Plan and billing", "What you have, used and pay", "receipt-text", "portal:billing", Verb.BILLING_VIEW),
            Way("Time for patients", "Calls and notes by week", "hourglass", "portal:staff-time", Verb.STAFF_TIME_VIEW),
        ),
    ),
    SettingsGroup(
        "How you work",
        "work",
        (
            Way("Playbook", "Who is contacted, when and how", "list-checks", "portal:playbook", Verb.PLAYBOOK_MANAGE),
            Way("Hold-outs", "Does it work? Find out by lot", "flask-conical", "portal:holdouts", Verb.BENCHMARKS_VIEW),
            Way("Services", "What to expect, aftercare, return", "sparkles", "portal:services", Verb.SERVICES_MANAGE),
            Way("Tablets", "Ask how it was, at checkout", "tablet", "portal:kiosks", Verb.KIOSKS_MANAGE),
            Way("Templates", "Words of messages", "mail", "portal:message-templates", Verb.TEMPLATES_MANAGE),
        ),
    ),
    SettingsGroup(
        "Records",
        "records",
        (
            Way("Import", "Patients and visits from elsewhere", "file-up", "portal:imports", Verb.IMPORTS_RUN),
            Way("Privacy contact", "For complaints", "mailbox", "portal:privacy-contact", Verb.RECORD_REQUESTS_ANSWER),
            Way("Connected software", "Whom you let in, and to what", "plug", "portal:partners", Verb.PARTNERS_MANAGE),
            Way("Agreements", "What was accepted, and when", "file-check", "portal:agreements", Verb.AGREEMENTS_VIEW),
            Way("Audit trail", "Who looked at or changed what", "scroll-text", "portal:trail", Verb.TRAIL_VIEW),
            Way("Export", "Everything you have, free", "download", "portal:export", Verb.PRACTICE_EXPORT),
        ),
    ),
)  # fmt: skip


def settings_for(principal: Principal) -> list[SettingsGroup]:
    """Without the pages that would answer ``principal`` with a 404, and without groups that are empty then."""
    open_to = [
        SettingsGroup(group.title, group.key, tuple(one for one in group.pages if principal.may(one.verb)))
        for group in GROUPS
    ]
    return [group for group in open_to if group.pages]
