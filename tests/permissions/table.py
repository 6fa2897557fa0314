"""Who may open which address: the table that the code must agree with, written down apart from it.

Values: PUBLIC (everyone), SIGNED_IN (everyone signed in at that host), or the roles that get in.
"""

PUBLIC, SIGNED_IN = "public", "signed in"
TEAM = frozenset({"owner", "manager", "provider", "front_desk"})
OWNER = frozenset({"owner"})
LEADERS = frozenset({"owner", "manager"})
NETWORK = frozenset({"network_admin", "network_analyst"})
ADMIN = frozenset({"network_admin"})

ACCOUNT = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_enter": PUBLIC,
    "account_invitation": PUBLIC,
    "account_practices": SIGNED_IN,
    "account_go": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "health/": PUBLIC,
}

MAY_OPEN: dict[str, dict[str, str | frozenset[str]]] = {
    "practice": {
        "today": TEAM,
        "patients": TEAM,
        "patient-new": TEAM,
        "patient": TEAM,
        "memories": TEAM,
        "memory-forgotten": TEAM,
        "visit-new": TEAM,
        "walk-in": TEAM,
        "visit": TEAM,
        "visit-time": TEAM,
        "visit-arrival": TEAM,
        "visit-completion": TEAM,
        "visit-no-show": TEAM,
        "visit-cancellation": TEAM,
        "visit-feedback": TEAM,
        "notes": TEAM,
        "note-written": TEAM,
        "note-skip": TEAM,
        "note-undo": TEAM,
        "occasions": TEAM,
        "benchmarks": LEADERS,
        "people": LEADERS,
        "access": LEADERS,
        "access-reviews": OWNER,
        "invitation-new": LEADERS,
        "invitation-renewal": LEADERS,
        "invitation-cancellation": LEADERS,
        "person": LEADERS,
        "person-role": LEADERS,
        "person-departure": LEADERS,
        "person-ownership": OWNER,
        "trail": OWNER,
        "trail-export": OWNER,
        "agreements": TEAM,
        "agreements-acceptance": OWNER,
        "agreements-clause": OWNER,
        "agreements-withdrawal": OWNER,
        "agreement-kept": TEAM,
        "getting-started": LEADERS,
        "getting-started-aside": LEADERS,
        "leaving": OWNER,
        **ACCOUNT,
    },
    "network": {
        "start": PUBLIC,
        "join": PUBLIC,
        "join-thanks": PUBLIC,
        "benchmarks": NETWORK,
        "applications": ADMIN,
        "application": ADMIN,
        "application-refusal": ADMIN,
        "people": ADMIN,
        "invitation-new": ADMIN,
        "invitation-renewal": ADMIN,
        "invitation-cancellation": ADMIN,
        "person-departure": ADMIN,
        "members": NETWORK,
        "member": NETWORK,
        "member-new": ADMIN,
        "member-new-address": ADMIN,
        "member-suspension": ADMIN,
        "member-reactivation": ADMIN,
        "member-leaving": ADMIN,
        "trail": ADMIN,
        **ACCOUNT,
    },
}
