"""Names of schemas and roles. A practice's role is named exactly as its schema."""

import re
import secrets

PUBLIC = "public"
OWNER_ROLE = "perennial_owner"
APP_ROLE = "perennial_app"
PRACTICE_ROLE = "perennial_practice"

_SCHEMA = re.compile(r"p_[0-9a-f]{12}\Z")


class BadSchemaName(Exception):
    """A schema name that we did not make. Nothing is sent to the database."""


def new_schema_name() -> str:
    """Random, so that a ready schema can be made before its practice is known and tells nothing about it."""
    return f"p_{secrets.token_hex(6)}"


def checked(schema_name: str) -> str:
    """`schema_name` if it has the shape of ours, so that it may be written into SQL; raises BadSchemaName."""
    if not _SCHEMA.match(schema_name):
        raise BadSchemaName(f"{schema_name!r} is not the name of a practice's schema")
    return schema_name
