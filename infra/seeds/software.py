"""Two invented programs of partners, one let in at the practice that is shown. Nobody knows their secrets."""

from datetime import timedelta

from core import audit
from infra.seeds.plan import Plan
from infra.seeds.told import tell_software
from tenants.actions.grant_partner import grant_partner
from tenants.actions.register_partner import register_partner
from tenants.models import Membership, PartnerApplication, Practice, Role
from tenants.partners.scopes import Scope
from tenants.principal import at_practice

_RECORDS, _BOOKING = "Cedarline Records", "Open Chair Booking"
_REGISTERED, _LET_IN = timedelta(days=120), timedelta(days=45)


def connect_software(plan: Plan) -> None:
    """Once: it does nothing where a program is registered already."""
    if PartnerApplication.objects.exists():
        return
    with audit.asking(audit.Asker.operator("seed_demo")):
        records, _ = register_partner(
            name=_RECORDS,
            about="The practice-management system: charts, schedule and payments. Takes names and numbers from here, so"
            " that nobody types them twice.",
            contact_email="connect@cedarline.example.com",
            scopes=[Scope.PRACTICE_READ, Scope.PATIENTS_READ],
            now=plan.now - _REGISTERED,
        )
        register_partner(
            name=_BOOKING,
            about="A booking page on your website. Shows your locations, your services and who treats.",
            contact_email="hello@openchair.example.com",
            scopes=[Scope.PRACTICE_READ],
            now=plan.now - _REGISTERED,
        )
        PartnerApplication.objects.update(created_at=plan.now - _REGISTERED, updated_at=plan.now - _REGISTERED)
        place = Practice.objects.get(slug=plan.members[0].slug)
        owner = Membership.objects.select_related("person").get(practice=place, role=Role.OWNER, ended_at__isnull=True)
        grant = grant_partner(
            practice=place.ref,
            application_id=records.id,
            scopes=[Scope.PRACTICE_READ, Scope.PATIENTS_READ],
            by=at_practice(person=owner.person, practice=place.ref),
            now=plan.now - _LET_IN,
        )
        tell_software(place.ref, grant_id=grant.id, now=plan.now)
