"""The ways through the portal and the console: who sees which."""

from dataclasses import dataclass

from tenants.permissions import Verb
from tenants.principal import Principal


@dataclass(frozen=True, slots=True)
class Link:
    """``key`` marks the current page. ``wide`` links leave the bar of a phone for its sheet; ``medium`` ones stand in
    the rail of a tablet only, where the practice's name has no room. ``go``: the letter that leads there after "g"."""

    key: str
    text: str
    icon: str
    route: str
    verb: Verb | None = None
    wide: bool = False
    medium: bool = False
    go: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """``main`` and ``foot`` of the rail; ``more`` is the sheet of a phone: what its bar has no room for."""

    main: tuple[Link, ...]
    foot: tuple[Link, ...]

    @property
    def more(self) -> tuple[Link, ...]:
        return (*(link for link in self.main if link.wide), *self.foot)


PORTAL_MAIN = (
    Link("today", "Today", "sun", "portal:today", Verb.TODAY_VIEW, go="t"),
    Link("patients", "Patients", "users", "portal:patients", Verb.PATIENTS_VIEW, go="p"),
    Link("calls", "Calls", "phone", "portal:calls", Verb.CONTACTS_MAKE, go="c"),
    Link("notes", "Notes", "pen-line", "portal:notes", Verb.NOTES_WRITE, go="n"),
    Link("occasions", "Occasions", "calendar-heart", "portal:occasions", Verb.OCCASIONS_VIEW, wide=True, go="o"),
    Link("drifting", "Drifting", "wind", "portal:drifting", Verb.CONTACTS_MAKE, wide=True, go="d"),
    Link(
        "inquiries",
        "Inquiries",
        "message-circle-question-mark",
        "portal:inquiries",
        Verb.INQUIRIES_MANAGE,
        wide=True,
        go="i",
    ),
    Link("feedback", "Feedback", "message-square-heart", "portal:feedback", Verb.FEEDBACK_VIEW, wide=True, go="f"),
    Link("reviews", "Reviews", "star", "portal:reviews", Verb.REVIEWS_VIEW, wide=True, go="r"),
    Link("messages", "Messages", "message-circle", "portal:messages", Verb.MESSAGES_VIEW, wide=True, go="m"),
    Link(
        "benchmarks", "Benchmarks", "chart-no-axes-column", "portal:benchmarks", Verb.BENCHMARKS_VIEW, wide=True, go="b"
    ),
    Link("offers", "Offers", "tag", "portal:offers", Verb.OFFERS_VIEW, wide=True),
    Link("savings", "Savings", "hand-coins", "portal:savings", Verb.SAVINGS_VIEW, wide=True, go="v"),
)
PORTAL_FOOT = (
    Link("settings", "Settings", "settings", "portal:settings", Verb.AGREEMENTS_VIEW, go="s"),
    Link("practices", "Switch", "chevrons-up-down", "account_practices", medium=True),
    Link("security", "Security", "shield-check", "account_security"),
)
CONSOLE_MAIN = (
    Link("benchmarks", "Benchmarks", "chart-no-axes-column", "console:benchmarks", Verb.NETWORK_BENCHMARKS_VIEW),
    Link("releases", "Releases", "calendar-check", "console:releases", Verb.NETWORK_BENCHMARKS_VIEW, wide=True),
    Link("members", "Members", "store", "console:members", Verb.MEMBERS_VIEW),
    Link("billing", "Billing", "receipt-text", "console:billing", Verb.NETWORK_BILLING_VIEW, wide=True),
    Link("applications", "Applications", "inbox", "console:applications", Verb.APPLICATIONS_ANSWER),
    Link("vendors", "Vendors", "truck", "console:vendors", Verb.PURCHASING_VIEW, wide=True),
    Link("contracts", "Contracts", "handshake", "console:contracts", Verb.PURCHASING_VIEW, wide=True),
    Link("claims", "Claims", "receipt-text", "console:claims", Verb.PURCHASING_MANAGE, wide=True),
    Link("statements", "Statements", "file-text", "console:member-statements", Verb.PURCHASING_MANAGE, wide=True),
    Link("announcements", "Announce", "megaphone", "console:announcements", Verb.ANNOUNCEMENTS_WRITE, wide=True),
    Link("partners", "Partners", "plug", "console:partners", Verb.PARTNERS_REGISTER, wide=True),
)
CONSOLE_FOOT = (
    Link("people", "People", "id-card", "console:people", Verb.NETWORK_PEOPLE_MANAGE),
    Link("trail", "Audit trail", "scroll-text", "console:trail", Verb.NETWORK_TRAIL_VIEW),
    Link("security", "Security", "shield-check", "account_security"),
)


def links_for(principal: Principal) -> Links:
    """The links of the place that ``principal`` is at, without those that would answer them with a 404."""
    main, foot = (PORTAL_MAIN, PORTAL_FOOT) if principal.practice else (CONSOLE_MAIN, CONSOLE_FOOT)

    def open_to(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(link for link in links if link.verb is None or principal.may(link.verb))

    return Links(main=open_to(main), foot=open_to(foot))
