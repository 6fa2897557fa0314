from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core import audit
from core.errors import DomainError
from tenants.actions.open_practice import open_practice
from tenants.hosts import url_of
from tenants.models import SizeBand


class Command(BaseCommand):
    help = "Open a practice in the network."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="first label of its address, e.g. aurora")
        parser.add_argument("--name", required=True)
        parser.add_argument("--time-zone", default="America/New_York")
        parser.add_argument("--region", default="")
        parser.add_argument("--size", default="", choices=["", *SizeBand.values])
        parser.add_argument("--owner-email", default="", help="the first owner, who is invited by mail")
        parser.add_argument("--owner-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with audit.asking(audit.Asker.operator("open_practice")):
                practice = open_practice(
                    name=options["name"],
                    slug=options["slug"],
                    time_zone=options["time_zone"],
                    region=options["region"],
                    size_band=options["size"],
                    owner_email=options["owner_email"],
                    owner_name=options["owner_name"],
                    now=timezone.now(),
                )
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{practice.name} is open at {url_of(practice.slug)} (schema {practice.schema_name}).")
        if options["owner_email"]:
            self.stdout.write(f"An invitation for its owner is on its way to {options['owner_email']}.")
