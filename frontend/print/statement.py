"""A statement as a PDF: one sheet of US Letter, to keep with the records."""

from datetime import datetime

from django.conf import settings

from frontend.portal.savings.statement import Line, Sheet
from frontend.print.faces import HANKEN, NOTO_SANS, in_sans
from frontend.print.typeset import pdf_of
from frontend.templatetags.times import full_day


def statement_pdf(sheet: Sheet, *, practice: str, now: datetime) -> bytes:
    """PDF/UA-1. now: the moment it is made."""
    statement = sheet.statement
    data = {
        "title": f"Statement {sheet.number}",
        "author": settings.NETWORK_NAME,
        "fonts": [HANKEN, NOTO_SANS],
        "network": in_sans(settings.NETWORK_NAME),
        "practice": in_sans(practice),
        "heading": sheet.quarter.name,
        "days": f"{full_day(statement.first)} to {full_day(statement.last)}",
        "approved": f"Approved {full_day(statement.approved_at)} by {in_sans(statement.approved_by)}",
        "paid": [_line(one) for one in sheet.paid],
        "waiting": [_line(one) for one in sheet.waiting],
        "earned": [_line(one) for one in sheet.earned],
        "paid_total": str(sheet.paid_money),
        "netted": str(sheet.netted) if sheet.netted else "",
        "payout": str(sheet.payout),
    }
    return pdf_of("statement.typ", data=data, now=now)


def _line(line: Line) -> list[str]:
    when = full_day(line.day) if line.day else f"Tier {line.tier}" if line.tier else "No tier"
    return [in_sans(line.vendor), in_sans(f"{line.program}, {line.period}"), when, str(line.amount)]
