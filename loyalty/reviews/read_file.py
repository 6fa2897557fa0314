"""A CSV file of reviews, read row by row: what each row says, or what is wrong with it. Nothing is written."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from core.errors import DomainError
from loyalty.models import Review, ReviewSite
from loyalty.reviews.enter import checked_review, same_review

MOST_ROWS, MOST_BYTES = 2000, 1_000_000
COLUMNS = ("site", "author", "rating", "text", "date", "external_id")
# What sites and reputation tools call them in their exports.
_NAMES = {
    "site": ("site", "source", "platform", "network", "website"),
    "author": ("author", "reviewer", "name", "reviewername", "customer", "user"),
    "rating": ("rating", "stars", "score", "starrating"),
    "text": ("text", "review", "comment", "content", "body", "reviewtext", "reviewcomment"),
    "date": ("date", "postedon", "reviewdate", "created", "createdat", "published", "publishedat"),
    "external_id": ("externalid", "id", "reviewid", "siteid"),
}
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, slots=True)
class Row:
    """line: in the file, the header is 1. review: what would be kept. known: it is on file already, or twice in here.

    problem: what is wrong, "" for nothing.
    """

    line: int
    review: Review | None
    known: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    rows: list[Row] = field(default_factory=list)

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.review is not None and not row.known]

    @property
    def known(self) -> list[Row]:
        return [row for row in self.rows if row.known]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.problem]


def text_of(content: bytes) -> str:
    """The file as text. Raises DomainError for one that is too large or that is no text."""
    if len(content) > MOST_BYTES:
        raise DomainError("reviews_file_large", "This file is larger than 1 MB. Split it.", field="file")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DomainError(
            "reviews_file_spreadsheet", "This is a spreadsheet. Save it as CSV, and choose that file.", field="file"
        )
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DomainError("reviews_file_unreadable", "This file cannot be read as text. Save it as CSV.", field="file")


def read_file(text: str, *, sites: list[ReviewSite], today: date) -> Read:
    """Raises DomainError for a file without a header row that says what is what, and for too many rows."""
    lines = list(_rows(text))
    if not lines:
        raise DomainError("reviews_file_empty", "There is nothing in this file.", field="file")
    places = _places(lines[0][1])
    if len(lines) - 1 > MOST_ROWS:
        raise DomainError(
            "reviews_file_long", f"This file has {len(lines) - 1} rows and {MOST_ROWS} fit. Split it.", field="file"
        )
    by_name = {_bare(site.name): site for site in sites}
    seen: set[tuple[object, ...]] = set()
    return Read([_row(line, cells, places, by_name, seen, today=today) for line, cells in lines[1:]])


def _rows(text: str) -> list[tuple[int, list[str]]]:
    try:
        dialect = csv.Sniffer().sniff(text[:4096].split("\n", 1)[0] or ",", delimiters=",;\t|")
        separator = dialect.delimiter
    except csv.Error:
        separator = ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((reader.line_num, cells))
    except csv.Error:
        raise DomainError(
            "reviews_file_quotes",
            f"Around line {reader.line_num} a quotation mark opens and never closes. Mend it and choose it again.",
            field="file",
        ) from None
    return found


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _places(header: list[str]) -> dict[str, int]:
    names = [_bare(cell) for cell in header]
    found = {
        column: next((names.index(name) for name in known if name in names), -1) for column, known in _NAMES.items()
    }
    missing = [column for column in ("site", "date") if found[column] < 0]
    if found["rating"] < 0 and found["text"] < 0:
        missing.append("rating or text")
    if missing:
        raise DomainError(
            "reviews_file_header",
            f"The first row must name the columns, and {', '.join(missing)} is missing. "
            f"They are: {', '.join(COLUMNS)}.",
            field="file",
        )
    return found


def _row(
    line: int,
    cells: list[str],
    places: dict[str, int],
    sites: dict[str, ReviewSite],
    seen: set[tuple[object, ...]],
    *,
    today: date,
) -> Row:
    given = {column: cells[place].strip() if 0 <= place < len(cells) else "" for column, place in places.items()}
    site = sites.get(_bare(given["site"]))
    try:
        if site is None:
            name = given["site"] or "nothing"
            raise DomainError("review_site_unknown", f"“{name}” is no site on your list. Add the site, or correct it.")
        review = checked_review(
            site=site,
            author=given["author"],
            rating=_rating(given["rating"]),
            text=given["text"],
            posted_on=_day(given["date"]),
            external_id=given["external_id"],
            today=today,
        )
    except DomainError as error:
        return Row(line, None, problem=error.message)
    key: tuple[object, ...] = (
        (site.id, review.external_id)
        if review.external_id
        else (site.id, review.author.lower(), review.posted_on, review.text)
    )
    known = key in seen or same_review(review) is not None
    seen.add(key)
    return Row(line, review, known=known)


def _rating(given: str) -> int | None:
    """Of "5", "5.0", "5/5", "FIVE"; None for nothing given."""
    text = given.lower().removesuffix("stars").removesuffix("star").strip()
    if not text:
        return None
    if text in _WORDS:
        return _WORDS[text]
    match = re.fullmatch(r"([0-9]+)(?:[.,]0+)?(?:\s*/\s*5)?", text)
    if match is None:
        raise DomainError("review_rating", f"“{given[:20]}” is no number of stars: write 1 to 5.")
    return int(match.group(1))


_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


def _day(given: str) -> date:
    """Of an ISO moment, 6/15/2026, or June 15, 2026: as it is written in America."""
    text = given.strip()
    if match := re.match(r"(\d{4}-\d{2}-\d{2})[T ]\d", text):
        text = match.group(1)
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day, not a moment
        except ValueError:
            continue
    raise DomainError("review_day", f"“{given[:20]}” is no day that we can read. Write it as 2026-06-15.")
