"""Bring one invented practice into the database: everything or nothing."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction

from core import audit
from core.tenancy.scope import practice_scope
from infra.seeds import people
from infra.seeds.agreements import agree
from infra.seeds.draw import stream
from infra.seeds.holdouts import hold_out
from infra.seeds.ids import Mint
from infra.seeds.local_days import moment_of, seconds_of
from infra.seeds.members import Member
from infra.seeds.plan import Plan
from infra.seeds.story import Setting, tell
from infra.seeds.tables import copy_all
from infra.seeds.traits import draw_traits
from loyalty.models import Location, MessageTemplate, PlaybookRule, ReviewSite, TouchpointKind
from loyalty.touchpoints.playbook import install_default_playbook
from tenants.actions.open_practice import open_practice
from tenants.models import Person


def plant(member: Member, plan: Plan) -> int:
    """Open the practice, tell its story and write it down, in one transaction. Returns the number of rows.

    A schema must stand ready, and its people must be there (`bring_people`).
    """
    sign_ins = people.of_practice(member, seed=plan.seed)
    with audit.asking(audit.Asker.operator("seed_demo")), transaction.atomic():
        joined = plan.joined_on(member)
        practice = open_practice(
            name=member.name,
            slug=member.slug,
            time_zone=member.time_zone,
            region=member.region,
            size_band=member.size_band,
            joined_on=joined,
            now=plan.now,
        )
        known = {person.email: person for person in Person.objects.filter(email__in=[one.email for one in sign_ins])}
        people.let_in(
            practice=practice, people=known, sign_ins=sign_ins, since=datetime.combine(joined, time(17), tzinfo=UTC)
        )
        agree(practice, plan, joined=joined, owner=known[sign_ins[0].email], aggregation=member.agreed)
        with practice_scope(practice.ref):
            tables = tell(
                Setting(
                    member=member,
                    traits=draw_traits(plan.seed)[member.slug],
                    seed=plan.seed,
                    now=plan.now,
                    days=plan.days,
                    joined=joined.toordinal(),
                    sign_ins=sign_ins,
                    people={email: person.id for email, person in known.items()},
                    rules=_rules(member, plan, joined=joined),
                    templates=_name_templates(member, plan, joined=joined),
                )
            )
            # The story brings its own places and review sites instead of those that every new practice starts with.
            Location.objects.all().delete()
            ReviewSite.objects.all().delete()
            with connection.cursor() as cursor:
                rows = copy_all(tables, cursor)
            hold_out(member, plan, practice)
            return rows


def bring_people(plan: Plan, *, password: str) -> None:
    """Everybody who signs in: of the network and of the practices. Does nothing for those who are there."""
    since = plan.now - timedelta(days=plan.days)
    with transaction.atomic():
        for sign_in in people.SIGN_INS:
            if not sign_in.at:
                people.person_of(sign_in, seed=plan.seed, password=password, since=since)
        for member in plan.members:
            for sign_in in people.of_practice(member, seed=plan.seed):
                people.person_of(sign_in, seed=plan.seed, password=password, since=since)


def _rules(member: Member, plan: Plan, *, joined: date) -> dict[str, str]:
    """The playbook a practice starts with, under keys from the seed; rules for habits that it lacks are off."""
    install_default_playbook()
    traits = draw_traits(plan.seed)[member.slug]
    off = {
        kind
        for kind, has in ((TouchpointKind.NOTE, traits.writes_notes), (TouchpointKind.PREVIEW, traits.makes_previews))
        if not has
    }
    since = seconds_of(datetime.combine(joined, time(9), tzinfo=member.towns[0].zone))
    mint = Mint(stream(plan.seed, member.slug, "playbook"))
    first: dict[str, str] = {}
    for rule in PlaybookRule.objects.order_by("position", "name"):
        key = mint.at(since)
        PlaybookRule.objects.filter(id=rule.id).update(
            id=UUID(key), created_at=moment_of(since), updated_at=moment_of(since), is_on=rule.kind not in off
        )
        first.setdefault(rule.kind, key)
    return first


def _name_templates(member: Member, plan: Plan, *, joined: date) -> dict[str, str]:
    """The words for messages that a practice starts with, under keys from the seed: by their names."""
    since = seconds_of(datetime.combine(joined, time(9), tzinfo=member.towns[0].zone))
    mint = Mint(stream(plan.seed, member.slug, "templates"))
    keys = {}
    for template in MessageTemplate.objects.order_by("name", "channel"):
        keys[template.name] = mint.at(since)
        MessageTemplate.objects.filter(id=template.id).update(
            id=UUID(keys[template.name]), created_at=moment_of(since), updated_at=moment_of(since)
        )
    return keys
