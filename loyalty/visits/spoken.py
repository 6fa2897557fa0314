"""Times and numbers as a person says them: "2:05 pm", "November 20", "third"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.months import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def spoken_time(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def spoken_date(day: date, *, today: date) -> str:
    """ "November 20", with the year where it is not this one."""
    said = f"{MONTHS[day.month - 1]} {day.day}"
    return said if day.year == today.year else f"{said}, {day.year}"


def short_date(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}"


def spoken_day(day: date, *, today: date) -> str:
    """ "today", "yesterday", "tomorrow", the weekday within six days, else the date."""
    away = (day - today).days
    if -1 <= away <= 1:
        return ("yesterday", "today", "tomorrow")[away + 1]
    return WEEKDAYS[day.weekday()] if abs(away) < 7 else spoken_date(day, today=today)


def spoken_moment(at: datetime, *, zone: ZoneInfo, now: datetime) -> str:
    """ "at 2:05 pm" today, "on November 20 at 2:05 pm" else."""
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    clock = spoken_time(at, zone)
    return f"at {clock}" if day == today else f"on {spoken_date(day, today=today)} at {clock}"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def ordinal_word(number: int) -> str:
    """ "third"; figures from eleven on."""
    return _ORDINALS[number] if number < len(_ORDINALS) else ordinal(number)


def ordinal(number: int) -> str:
    """ "1st", "12th", "23rd"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def joined(words: list[str]) -> str:
    """ "Kofi", "Kofi and Ruth", "Kofi, Ruth and Ana"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
