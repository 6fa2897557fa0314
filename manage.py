#!/usr/bin/env python
"""Perennial's commands: `python manage.py help`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from core import audit


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    try:
        # Whatever a command does, an operator did it at this machine.
        with audit.asking(audit.Asker.operator(sys.argv[1] if len(sys.argv) > 1 else "help")):
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        print(f"Perennial cannot start: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        # Whoever ends a command need not be shown where it was.
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
