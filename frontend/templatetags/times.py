"""Times as they are given: already local to their location, so never shifted to the server's time zone."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

register = template.Library()
LONG_GONE = timedelta(days=182)


@register.filter
def clock(moment: datetime) -> str:
    """9:45"""
    return f"{moment.hour % 12 or 12}:{moment:%M}"


@register.filter
def half(moment: datetime) -> str:
    """am or pm"""
    return "am" if moment.hour < 12 else "pm"


@register.filter
def day(value: date | None) -> str:
    """Nov 23; empty where there is none"""
    return f"{value:%b} {value.day}" if value else ""


@register.filter
def full_day(value: date | None) -> str:
    """Nov 23, 2026; empty where there is none"""
    return f"{value:%b} {value.day}, {value.year}" if value else ""


@register.filter
def weekday(value: date) -> str:
    """Monday, November 23; of days long gone with the year, because by then several had that name"""
    day = value.date() if isinstance(value, datetime) else value
    said = f"{value:%A}, {value:%B} {value.day}"
    return f"{said}, {value.year}" if timezone.now().date() - day > LONG_GONE else said


@register.filter
def month(value: date) -> str:
    """November 2026"""
    return f"{value:%B} {value.year}"


@register.filter
def ago(moment: datetime) -> str:
    """3 minutes ago; just now"""
    if timezone.now() - moment < timedelta(minutes=1):
        return "just now"
    return f"{timesince(moment, depth=1)} ago"


@register.filter
def iso(value: date | datetime) -> str:
    """What the datetime attribute of a time element wants."""
    return value.isoformat()


@register.filter
def phone_link(number: str) -> str:
    """What a tel: address takes: digits and a leading plus."""
    return "".join(c for i, c in enumerate(number.strip()) if c.isascii() and (c.isdigit() or (c == "+" and i == 0)))
