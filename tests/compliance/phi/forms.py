"""The forms of a page, filled in with canaries by what each field is."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.compliance.phi.canaries import DAY, EMAIL, PHONE, WORDS

_BY_TYPE = {"email": EMAIL, "tel": PHONE, "date": DAY.isoformat(), "time": "14:00", "search": WORDS}
_BY_NAME = {
    "email": EMAIL,
    "phone": PHONE,
    # Another than the first, or none.
    "other_phone": "",
    "birth_day": str(DAY.day),
    "birth_year": str(DAY.year),
}
_AS_IT_IS = ("hidden", "radio", "checkbox", "submit")


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append(((given.get("method") or "get").lower(), given.get("action") or "", {}))
        if not self.forms:
            return
        fields = self.forms[-1][2]
        match tag:
            case "input" if name:
                kind = given.get("type") or "text"
                if kind not in ("radio", "checkbox") or name not in fields:
                    typed = _BY_NAME.get(name, _BY_TYPE.get(kind, WORDS))
                    fields[name] = (given.get("value") or "on") if kind in _AS_IT_IS else typed
            case "textarea" if name:
                fields[name] = WORDS
            case "select":
                self._select = name
            case "option" if self._select and given.get("value"):
                fields.setdefault(self._select, given["value"])


def forms_in(page: str, *, path: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Method, path and data of each form of the page at `path` that stays on this host; not the way out."""
    parser = _Forms()
    parser.feed(page)
    for method, action, data in parser.forms:
        to = urlsplit(action)
        if not to.netloc and "logout" not in to.path:
            yield method, action or path, data
