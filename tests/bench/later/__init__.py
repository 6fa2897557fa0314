"""The loyalty app's migrations as they are, and one more that is yet to come: what migrating practices is timed with.

Django finds an app's migrations in the package that MIGRATION_MODULES names, in every folder of its path.
"""

from pathlib import Path

import loyalty.migrations

LATER = {"loyalty": "tests.bench.later"}
NAME = "later_visit_room"

__path__ = [*loyalty.migrations.__path__, str(Path(__file__).parent)]

# The newest of the real ones, by number.
newest = max(path.stem for path in Path(loyalty.migrations.__path__[0]).glob("[0-9]*.py"))
