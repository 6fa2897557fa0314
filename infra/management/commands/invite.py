from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core import audit
from core.errors import DomainError
from tenants.actions.invite import invite
from tenants.models import Person, Practice, Role


class Command(BaseCommand):
    help = "Invite somebody by mail: to the network's own staff, or to a practice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[*Person.NetworkRole.values, *Role.values])
        parser.add_argument("--practice", default="", help="slug of the practice; without it the network")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.filter(slug=options["practice"]).first()
        if options["practice"] and practice is None:
            raise CommandError(f"There is no practice “{options['practice']}”. Give the first part of its address.")
        try:
            with audit.asking(audit.Asker.operator("invite")):
                invitation = invite(
                    email=options["email"],
                    name=options["name"],
                    role=options["role"],
                    practice=practice,
                    by=None,
                    now=timezone.now(),
                )
        except DomainError as error:
            raise CommandError(error.message) from None
        invitation.refresh_from_db()
        if invitation.mailed_at is None:
            raise CommandError("The invitation is kept, but its mail did not go out. Look at MAIL_PROVIDER.")
        self.stdout.write(
            f"{invitation.email} is invited. The link works once, until {invitation.expires_at:%Y-%m-%d}."
        )
