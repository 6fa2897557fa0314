"""Who the patients are: names, ages, ways to reach them, and what they wish not to happen."""

import unicodedata
from datetime import date
from functools import cache
from random import Random

from infra.seeds.patient import Fate, Patient
from infra.seeds.traits import Traits
from infra.seeds.words.names import EITHER, FAMILIES, MEN, SHORT, WOMEN
from infra.seeds.words.places import KINDS, STREETS

_MINOR_OFFERS = ("peel", "laser")
_DOMAINS = ("example.com", "example.org", "example.net")
_YOUNGEST, _OLDEST = 19, 86
_GONE_QUIET = 150


def describe(patient: Patient, *, traits: Traits, rng: Random, today: int) -> None:
    """Fill in everything about the person that is not a visit."""
    _name(patient, rng)
    _birth(patient, rng, share=traits.birthdays, today=today)
    _ways(patient, rng)
    _wishes(patient, rng)
    last = patient.visits[-1]
    if not patient.is_minor and last.day < today - _GONE_QUIET and last.fate == Fate.KEPT and rng.random() < 0.008:
        patient.deceased_on = rng.randint(last.day + 20, today - 10)


def _name(patient: Patient, rng: Random) -> None:
    chance = rng.random()
    given, pronouns = (
        (WOMEN, "she/her") if chance < 0.83 else (MEN, "he/him") if chance < 0.96 else (EITHER, "they/them")
    )
    patient.given = rng.choice(given)
    patient.family = rng.choice(FAMILIES)
    if rng.random() < 0.04:
        patient.family = f"{patient.family}-{rng.choice(FAMILIES)}"
    if patient.given in SHORT and rng.random() < 0.55:
        patient.preferred = SHORT[patient.given]
    if rng.random() < (0.9 if given is EITHER else 0.2):
        patient.pronouns = pronouns


def _birth(patient: Patient, rng: Random, *, share: float, today: int) -> None:
    patient.is_minor = patient.is_new and patient.offer.key in _MINOR_OFFERS and rng.random() < 0.12
    if patient.is_minor:
        # Not of age on any day of this story.
        born = date.fromordinal(today - int((14.5 + rng.random() * 3.2) * 365.25))
    else:
        age = rng.gauss(44, 13)
        if not _YOUNGEST < age < _OLDEST:
            age = _YOUNGEST + rng.random() * 45
        born = date.fromordinal(today - int(age * 365.25))
    chance = rng.random()
    if patient.is_minor or chance < share:
        patient.born = (born.year, born.month, born.day)
    elif chance < share + (1 - share) * 0.2:
        patient.born = (born.year, born.month, None)
    elif chance < share + (1 - share) * 0.45:
        patient.born = (born.year, None, None)


def _ways(patient: Patient, rng: Random) -> None:
    town = patient.site.town
    if rng.random() < 0.93:
        patient.phone = town.phone(rng)
    if rng.random() < 0.8 or not patient.phone:
        local = f"{mail_name(patient.given)}.{mail_name(patient.family)}"
        patient.email = f"{local}{rng.randrange(2, 99) if rng.random() < 0.5 else ''}@{rng.choice(_DOMAINS)}"
    if rng.random() < 0.9:
        flat = f", Apt {rng.randrange(1, 40)}" if rng.random() < 0.3 else ""
        patient.address = f"{rng.randrange(11, 4800)} {rng.choice(STREETS)} {rng.choice(KINDS)}{flat}"
        patient.postal_code = f"{town.zip_start}{rng.randrange(1, 99):02}"
    chance = rng.random()
    if chance < 0.4 and patient.phone:
        patient.channel = "text"
    elif chance < 0.6 and patient.phone:
        patient.channel = "call"
    elif chance < 0.7 and patient.email:
        patient.channel = "email"
    elif chance < 0.74 and patient.address:
        patient.channel = "letter"


def _wishes(patient: Patient, rng: Random) -> None:
    patient.no_voicemail = rng.random() < 0.06
    patient.plain_envelope = rng.random() < 0.05
    patient.not_at_home = rng.random() < 0.03
    patient.no_contact = rng.random() < 0.012


@cache
def mail_name(name: str) -> str:
    """Lower-case ASCII letters of a name, as mail addresses have them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalpha()) or "mail"
