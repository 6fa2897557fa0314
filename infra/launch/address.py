"""What leads to a server: the addresses of its logins and, when it is our own, its process."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

from infra.launch.process import Child

DATABASE = "perennial"


@dataclass(frozen=True, kw_only=True)
class Database:
    app_url: str
    owner_url: str
    # Sentences to show to whoever launched, such as what an older server lacks.
    notes: tuple[str, ...] = ()
    # Only of an embedded server: the superuser's address and the process to watch.
    admin_conninfo: str | None = None
    child: Child | None = None


@dataclass(frozen=True, kw_only=True)
class Broker:
    url: str
    child: Child | None = None


def login_url(url: str, *, user: str, password: str, database: str) -> str:
    """`url` with another login and database; host, port and options such as sslmode stay."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    host, port = parts.pop("host", ""), parts.pop("port", "")
    for key in ("user", "password", "dbname", "passfile"):
        parts.pop(key, None)
    if "/" in host:
        # A socket's folder cannot stand where a host name does.
        parts["host"], host = host, ""
    address = f"[{host}]" if ":" in host else host
    options = f"?{urlencode(parts)}" if parts else ""
    login = f"{quote(user)}:{quote(password, safe='')}"
    return f"postgresql://{login}@{address}{f':{port}' if port else ''}/{quote(database)}{options}"
