"""Whether this installation has, wants or cannot have the demo network."""

from collections.abc import Mapping
from enum import Enum

import psycopg


class Demo(Enum):
    """What the database holds: nobody, half a demo, a whole one, or practices that the demo did not make."""

    EMPTY = "empty"
    UNFINISHED = "unfinished"
    FINISHED = "finished"
    OTHERS = "others"


def is_demo(environment: Mapping[str, str]) -> bool:
    return environment.get("DEMO", "").strip().lower() in ("1", "true", "yes", "on")


def demo_in_database(*, owner_url: str) -> Demo:
    """Read from the record that `seed_demo` keeps; the public tables must be migrated."""
    with psycopg.connect(owner_url) as connection:
        kept = connection.execute("SELECT to_regclass('demo.seeding') IS NOT NULL").fetchone()
        if kept == (True,):
            finished = connection.execute("SELECT finished_at IS NOT NULL FROM demo.seeding").fetchone()
            if finished is not None:
                return Demo.FINISHED if finished[0] else Demo.UNFINISHED
        others = connection.execute("SELECT EXISTS (SELECT FROM public.tenants_practice)").fetchone()
    return Demo.OTHERS if others == (True,) else Demo.EMPTY
