from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import Asker, asking
from core.errors import DomainError
from core.tenancy.scope import practice_scope
from loyalty.messages.text_number import set_text_number
from tenants.hosts import url_of
from tenants.models import Practice


class Command(BaseCommand):
    help = "Say which number a practice texts from, and where Twilio must send what patients answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("practice", help="its slug")
        parser.add_argument("number", help="as in +15035550148")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.filter(slug=options["practice"]).first()
        if practice is None:
            raise CommandError(f"There is no practice {options['practice']!r}.")
        try:
            with practice_scope(practice.ref), asking(Asker.operator("set_text_number")):
                number = set_text_number(given=options["number"])
        except DomainError as error:
            raise CommandError(error.message) from None
        inbound = url_of(practice.slug, "/messages/inbound/")
        self.stdout.write(f"{practice.name} texts from {number}. At Twilio, let messages to it POST to {inbound}")
