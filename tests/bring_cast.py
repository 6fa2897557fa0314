"""Bring the cast (tests/cast.py) into an empty, migrated database. Run as a module."""

import os
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402

from core import audit  # noqa: E402
from core.tenancy.scope import practice_scope  # noqa: E402
from loyalty.models import Staff  # noqa: E402
from tenants.actions.accept_agreements import accept_agreements  # noqa: E402
from tenants.actions.open_practice import open_practice  # noqa: E402
from tenants.actions.set_getting_started_aside import set_getting_started_aside  # noqa: E402
from tenants.agreements import CURRENT, REQUIRED  # noqa: E402
from tenants.models import Membership, Person, Practice  # noqa: E402
from tests.apps import give_app  # noqa: E402
from tests.cast import AURORA_PEOPLE, NOW, PASSWORD, email  # noqa: E402

HASHED = make_password(PASSWORD)


def person(name: str, **fields: str) -> Person:
    someone = Person.objects.create(email=email(name), name=name, password=HASHED, **fields)
    give_app(someone)
    return someone


def practice(name: str, slug: str, time_zone: str) -> Practice:
    return open_practice(
        name=name,
        slug=slug,
        time_zone=time_zone,
        region="West",
        size_band="small",
        joined_on=date(2024, 1, 1),
        now=NOW,
    )


def accept(practice: Practice, owner: Person) -> None:
    """Terms and business associate agreement; the data-aggregation clause is a matter of the tests that need it."""
    accept_agreements(
        practice=practice.ref,
        versions={document: CURRENT[document].version for document in REQUIRED},
        person_id=owner.id,
        person_name=owner.name,
        address=None,
        now=NOW,
    )
    # They have begun long ago.
    set_getting_started_aside(practice=practice.ref, now=NOW)


def bring() -> None:
    aurora = practice("Aurora Aesthetics", "aurora", "America/Los_Angeles")
    borealis = practice("Borealis Skin", "borealis", "America/New_York")
    for role, name in AURORA_PEOPLE.items():
        someone = person(name)
        Membership.objects.create(person=someone, practice=aurora, role=role)
        if role == "owner":
            accept(aurora, someone)
        else:
            with practice_scope(aurora.ref):
                Staff.objects.create(display_name=name, role=role, person_id=someone.id)
    bella = person("Bella Borg")
    Membership.objects.create(person=bella, practice=borealis, role="owner")
    accept(borealis, bella)
    person("Nora North", network_role="network_admin")
    person("Ana Lyst", network_role="network_analyst")
    person("Sam Stranger")


if __name__ == "__main__":
    with audit.asking(audit.Asker.operator("bring_cast")):
        bring()
