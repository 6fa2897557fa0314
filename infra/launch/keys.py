"""Generated passwords and Django's secret key, kept in DATA/secrets.json for this installation alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Self

from infra.launch.errors import LaunchError


@dataclass(frozen=True, kw_only=True)
class Keys:
    owner_password: str
    app_password: str
    broker_password: str
    secret_key: str
    # What secrets in the database are encrypted with (core.crypto).
    encryption_key: str

    @classmethod
    def fresh(cls) -> Self:
        # URL-safe, so that they stand in connection addresses as they are.
        return cls(**{field.name: secrets.token_urlsafe(36) for field in fields(cls)})

    @classmethod
    def kept_in(cls, path: Path) -> Self:
        """The keys in `path`, made on the first call."""
        if not path.exists():
            keys = cls.fresh()
            write_private(path, json.dumps(asdict(keys), indent=2) + "\n")
            return keys
        os.chmod(path, 0o600)
        try:
            found = json.loads(path.read_text())
            if "encryption_key" not in found:
                # Kept by an earlier release, which encrypted nothing.
                found["encryption_key"] = cls.fresh().encryption_key
                write_private(path, json.dumps(found, indent=2) + "\n")
            return cls(**{field.name: str(found[field.name]) for field in fields(cls)})
        except (ValueError, KeyError, TypeError) as error:
            raise LaunchError(
                f"{path} cannot be read: it is damaged ({type(error).__name__}: {error}). Nothing was changed. Put it "
                "back from a backup. Without one, delete it and start again: new keys are made, everybody signs in "
                "anew, and whatever was encrypted with the old key (second factors, partner secrets) is lost."
            ) from error


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, all of it or nothing."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
