"""The morning's sheet as a PDF, for a clipboard."""

from datetime import datetime

from frontend.print.faces import HANKEN, NOTO_SANS, in_sans
from frontend.print.typeset import pdf_of
from frontend.templatetags.times import weekday
from loyalty.today.huddle import Huddle, HuddleVisit
from loyalty.visits.spoken import counted


def huddle_pdf(sheet: Huddle, *, practice: str, now: datetime) -> bytes:
    data = {
        "title": f"Huddle, {weekday(sheet.day)}",
        "author": practice,
        "fonts": [HANKEN, NOTO_SANS],
        "day": f"{weekday(sheet.day)}, {in_sans(sheet.location.name)}",
        "heading": counted(len(sheet.visits), "visit"),
        "due": _due(sheet),
        "footer": f"{in_sans(practice)}. About patients: shred it in the evening.",
        "visits": [_visit(one) for one in sheet.visits],
        "days": [f"{in_sans(item.name)}: {in_sans(item.what)}" for item in sheet.occasions],
    }
    return pdf_of("huddle.typ", data=data, now=now)


def _visit(visit: HuddleVisit) -> dict[str, object]:
    what = f"{visit.service or 'Visit'}{f' with {visit.staff}' if visit.staff else ''}"
    return {
        "time": visit.time,
        "name": in_sans(visit.name),
        "what": in_sans(what),
        "tags": [in_sans(tag.text) for tag in visit.tags],
        "brief": [
            {"title": part.title, "text": " ".join(in_sans(line.text) for line in part.lines)}
            for part in (visit.brief.parts if visit.brief else ())
        ],
    }


def _due(sheet: Huddle) -> str:
    recoveries = f"{sheet.recoveries} {'recovery' if sheet.recoveries == 1 else 'recoveries'}"
    due = [
        *([f"{recoveries} to close the loop on"] if sheet.recoveries else []),
        f"{counted(sheet.calls, 'call')} to make",
        f"{counted(sheet.notes, 'note')} to write",
    ]
    return f"Due by the evening: {', '.join(due)}."
