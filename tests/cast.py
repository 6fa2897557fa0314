"""The fixed cast of every test: two practices and the people around them.

Run as a module it brings them into an empty, migrated database.

 - Aurora: Olivia owns it, Martin manages, Priya treats, Frank is at the front desk.
 - Borealis: Bella owns it. She must never see anything of Aurora's.
 - Nora is the network's admin, Ana its analyst.
 - Sam is a stranger: he can sign in nowhere.
"""

import os
from datetime import UTC, date, datetime

PASSWORD = "a long enough pass-phrase"
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # a Monday; 9 in the morning in Los Angeles

AURORA_PEOPLE = {
    "owner": "Olivia Owens",
    "manager": "Martin Mann",
    "provider": "Priya Patel",
    "front_desk": "Frank Ford",
}


def email(name: str) -> str:
    return f"{name.split()[0].lower()}@example.com"


def bring() -> None:
    from django.contrib.auth.hashers import make_password

    from core.tenancy.scope import practice_scope
    from loyalty.models import Staff
    from tenants.actions.open_practice import open_practice
    from tenants.models import Membership, Person

    hashed = make_password(PASSWORD)

    def person(name: str, **fields: str) -> Person:
        return Person.objects.create(email=email(name), name=name, password=hashed, **fields)

    common = {"joined_on": date(2024, 1, 1), "now": NOW, "region": "West", "size_band": "small"}
    aurora = open_practice(name="Aurora Aesthetics", slug="aurora", time_zone="America/Los_Angeles", **common)
    borealis = open_practice(name="Borealis Skin", slug="borealis", time_zone="America/New_York", **common)
    for role, name in AURORA_PEOPLE.items():
        someone = person(name)
        Membership.objects.create(person=someone, practice=aurora, role=role)
        if role in ("provider", "front_desk", "manager"):
            with practice_scope(aurora.ref):
                Staff.objects.create(display_name=name, role=role, person_id=someone.id)
    Membership.objects.create(person=person("Bella Borg"), practice=borealis, role="owner")
    person("Nora North", network_role="network_admin")
    person("Ana Lyst", network_role="network_analyst")
    person("Sam Stranger")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    import django

    django.setup()
    bring()
