"""The morning's sheet as a PDF, for a clipboard."""

from datetime import datetime

from frontend.print.faces import HANKEN, NOTO_SANS, SANS, face_for, settable
from frontend.print.typeset import pdf_of
from frontend.templatetags.times import weekday
from loyalty.today.huddle import Huddle, HuddleVisit
from loyalty.visits.spoken import counted

# A text that no font of ours sets right is not set wrong: the screen shows it.
ON_SCREEN = "(see the screen)"


def huddle_pdf(sheet: Huddle, *, practice: str, now: datetime) -> bytes:
    data = {
        "title": f"Huddle, {weekday(sheet.day)}",
        "author": practice,
        "fonts": [HANKEN, NOTO_SANS],
        "day": f"{weekday(sheet.day)}, {_set(sheet.location.name)}",
        "heading": counted(len(sheet.visits), "visit"),
        "due": _due(sheet),
        "footer": f"{_set(practice)}. About patients: shred it in the evening.",
        "visits": [_visit(one) for one in sheet.visits],
        "days": [f"{_set(item.name)}: {_set(item.what)}" for item in sheet.occasions],
    }
    return pdf_of("huddle.typ", data=data, now=now)


def _visit(visit: HuddleVisit) -> dict[str, object]:
    what = f"{visit.service or 'Visit'}{f' with {visit.staff}' if visit.staff else ''}"
    return {
        "time": visit.time,
        "name": _set(visit.name),
        "what": _set(what),
        "tags": [_set(tag.text) for tag in visit.tags],
        "brief": [
            {"title": part.title, "text": " ".join(_set(line.text) for line in part.lines)}
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


def _set(text: str) -> str:
    return settable(text) if face_for(settable(text), faces=SANS) else ON_SCREEN
