"""Reads the environment strictly: a setting that is missing or malformed stops the start with one clear sentence."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    return Path(os.environ.get("DATA") or ROOT / "var").resolve()


def load_connections() -> None:
    """Where DATABASE_URL is not set, take what the running `make run` wrote down beside its data."""
    if os.environ.get("DATABASE_URL"):
        return
    written = data_folder() / "connection.env"
    if not written.exists():
        return
    for line in written.read_text().splitlines():
        key, separator, value = line.partition("=")
        if separator:
            os.environ.setdefault(key.strip(), value.strip())


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is not None:
            return default
        raise ImproperlyConfigured(
            f"{name} is not set. Start the servers with `make run` (or `python -m infra.launch servers`), or set it."
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def moment(name: str) -> datetime | None:
    """A moment with its offset, as in 2026-12-01T08:00:00Z; None where it is not set."""
    value = os.environ.get(name, "")
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a moment like 2026-12-01T08:00:00Z, not {value!r}.") from None
    if found.tzinfo is None:
        raise ImproperlyConfigured(f"{name} needs its offset from UTC: write 2026-12-01T08:00:00Z.")
    return found


def words(name: str) -> list[str]:
    """What stands between commas, without the spaces around it."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def database(url: str, *, practice_roles: bool, pool_size: int) -> dict[str, Any]:
    """Django's settings for one connection string. `pool_size` 0: no pool."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"The database URL cannot be read: {error}") from None
    options: dict[str, Any] = {
        key: value for key, value in parts.items() if key not in ("user", "password", "host", "port", "dbname")
    }
    if pool_size:
        options["pool"] = {
            "min_size": 1,
            "max_size": pool_size,
            # A backend keeps what it cached of every practice it touched: let go of it now and then.
            "max_lifetime": 600,
            "timeout": 10,
        }
    return {
        "ENGINE": "core.tenancy.backend",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "PRACTICE_ROLES": practice_roles,
        "ATOMIC_REQUESTS": False,
    }
