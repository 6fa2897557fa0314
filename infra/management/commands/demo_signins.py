from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infra.seeds.people import ALSO_AT, PASSWORD, SIGN_INS
from tenants.hosts import url_of
from tenants.models import Person, Practice, Role


class Command(BaseCommand):
    help = "Print where and as whom to sign in to the demo."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(Person.objects.filter(email__in=[one.email for one in SIGN_INS]).values_list("email", flat=True))
        practices = set(Practice.objects.values_list("slug", flat=True))
        known = [one for one in SIGN_INS if one.email in there and (not one.at or one.at in practices)]
        if not known:
            raise CommandError("Nobody of the demo is here. Fill an empty network with `manage.py seed_demo` first.")
        lines = [(url_of(one.at), one.email, PASSWORD, _role(one.role)) for one in known]
        lines.insert(0, ("Address", "Email", "Password", "Role"))
        widths = [max(len(line[column]) for line in lines) for column in range(3)]
        for line in lines:
            cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
            self.stdout.write("  " + "  ".join((*cells, line[3])))
        if ALSO_AT.at in practices:
            self.stdout.write(f"  {ALSO_AT.name} is {_role(ALSO_AT.role).lower()} at {url_of(ALSO_AT.at)}, too.")


def _role(role: str) -> str:
    names = {**dict(Role.choices), **dict(Person.NetworkRole.choices)}
    return str(names[role])
