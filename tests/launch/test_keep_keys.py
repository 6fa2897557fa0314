"""Keys of an installation: made once, and completed when a release needs one more."""

import json
from pathlib import Path

from infra.launch.keys import Keys


def test_they_are_made_once_and_kept(data: Path) -> None:
    assert Keys.kept_in(data / "secrets.json") == Keys.kept_in(data / "secrets.json")


def test_keys_of_an_earlier_release_get_the_one_they_lack_and_keep_the_others(data: Path) -> None:
    path = data / "secrets.json"
    old = {"owner_password": "a", "app_password": "b", "broker_password": "c", "secret_key": "d"}
    path.write_text(json.dumps(old))
    keys = Keys.kept_in(path)
    assert (keys.owner_password, keys.secret_key) == ("a", "d")
    assert len(keys.encryption_key) >= 40
    assert Keys.kept_in(path) == keys
    assert path.stat().st_mode & 0o777 == 0o600
