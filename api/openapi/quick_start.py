"""The quick start laid out for a page, with the addresses of the practice that is asked."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TEXT = Path(__file__).resolve().parents[1] / "quickstart.md"
# The addresses that stand in the file, as `make run` gives them.
NETWORK, PRACTICE = "http://perennial.localhost:8000", "http://aurora.perennial.localhost:8000"
_FENCE = re.compile(r"^```sh\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """words: paragraphs, each as texts and code in turn, beginning with a text."""

    title: str
    words: list[list[str]]
    commands: str


def steps(*, network: str, practice: str) -> list[Step]:
    """The first is the title of all. network, practice: without a slash at the end."""
    found: list[Step] = []
    for part in re.split(r"^#+ ", _read(), flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        commands = _FENCE.search(rest)
        words = [" ".join(one.split()) for one in _FENCE.sub("", rest).split("\n\n") if one.strip()]
        shown = commands[1].rstrip().replace(PRACTICE, practice).replace(NETWORK, network) if commands else ""
        found.append(Step(title, [one.split("`") for one in words], shown))
    return found


@cache
def _read() -> str:
    return _TEXT.read_text(encoding="utf-8")
