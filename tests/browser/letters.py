"""The mails that a web server wrote into its folder, one file each."""

from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

SEPARATOR = b"-" * 79


def letter_to(address: str, folder: Path) -> str:
    """The text of the newest mail to that address. Fails where there is none."""
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns):
        for written in path.read_bytes().split(SEPARATOR):
            message = message_from_bytes(written.strip(), policy=policy.default)
            if address in str(message["To"]):
                body = message.get_body(("plain",))
                found.append(body.get_content() if body else "")
    assert found, f"no mail to {address} in {folder}"
    return found[-1]


def link_in(letter: str) -> str:
    """The address that stands on a line of its own."""
    return next(line.strip() for line in letter.splitlines() if urlsplit(line.strip()).scheme in ("http", "https"))
