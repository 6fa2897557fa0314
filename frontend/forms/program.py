"""What a rebate program is to say. It is shown in words and worked out before it is kept."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms

from billing.purchasing.accrual import Measured
from billing.purchasing.models import Contract, Covers, Every, Item
from billing.purchasing.programs.periods import earliest_around, month_firsts, quarter_of
from billing.purchasing.programs.terms import MOST_TIERS, GivenTier, Terms
from billing.purchasing.programs.tier_words import growth_in_words
from billing.purchasing.schedule import Counted, Pays, Way
from core.money import DIGITS, SIGNS
from core.sheets.cells.amounts import read_amount, read_number, read_price, read_share
from core.sheets.cells.faults import CellFault, quoted
from frontend.forms.money import AmountField, amount_typed, price_typed, share_typed
from frontend.forms.parts import ActionForm

MEASURED = [
    (Measured.VOLUME, "What the member buys in the period"),
    (Measured.GROWTH, "How much more it buys than in the same period of the year before"),
    (Measured.TRAILING, "What it bought in the twelve months that end with the period"),
    (Measured.GROUP, "What all members buy together in the period"),
]
WAYS = [
    (Way.FLAT, "Flat: the rate of the tier that was reached, on everything"),
    (Way.MARGINAL, "Marginal: each rate on what lies in its own tier. Of growth, on what was bought beyond that bound"),
    (Way.INCREASE, "On the increase: of growth, the rate of the tier that was reached, on all beyond the year before"),
]
COUNTED = [(Counted.MONEY, "Money"), (Counted.UNITS, "Units of the items, such as vials")]
PAYS = [
    (Pays.SHARE, "A percentage of what was bought"),
    (Pays.EACH, "A sum for every unit, such as $10 a vial"),
    (Pays.ONCE, "A sum once in a period, for reaching it"),
]
_FEW, _AHEAD = 5, timedelta(days=3 * 365)
# "$10 a vial", "$10 per vial", "$10 each"; "100 vials", "100 x 1 ml" is none.
_A_UNIT = re.compile(r"\s*(?:/|\b(?:an?|per)\s|\beach\b)[\s\w-]*$", re.IGNORECASE)
_OF_UNITS = re.compile(r"(?<=\d)\s+[A-Za-z]+$")
LOOK, KEEP, MORE = "look", "keep", "more"
_ONE = {"required": "Choose one of these.", "invalid_choice": "Choose one of these."}


class ProgramForm(ActionForm):
    """at_0, rate_0 …: where a tier begins, and what it pays. seen: of what was last shown in words."""

    fields_of = {"tiers": "at_0", "item_ids": "items"}

    name = forms.CharField(max_length=120, label="Its name", error_messages={"required": "Give it a name."})
    from_day = forms.TypedChoiceField(coerce=date.fromisoformat, label="From", error_messages=_ONE)
    every = forms.ChoiceField(
        choices=Every.choices,
        widget=forms.RadioSelect,
        label="It pays",
        help_text="The first period begins with the day above, such as October 1.",
        error_messages=_ONE,
    )
    measured = forms.ChoiceField(
        choices=MEASURED, widget=forms.RadioSelect, label="A tier is reached by", error_messages=_ONE
    )
    counted = forms.ChoiceField(
        choices=COUNTED,
        widget=forms.RadioSelect,
        label="Tiers are counted in",
        initial=Counted.MONEY,
        required=False,
        error_messages=_ONE,
    )
    pays = forms.ChoiceField(
        choices=PAYS,
        widget=forms.RadioSelect,
        label="A tier pays",
        initial=Pays.SHARE,
        required=False,
        error_messages=_ONE,
    )
    way = forms.ChoiceField(choices=WAYS, widget=forms.RadioSelect, label="How it pays", error_messages=_ONE)
    cap = AmountField(required=False, label="A member gets at most", help_text="In one period. Empty: no limit.")
    covers = forms.ChoiceField(
        choices=Covers.choices, widget=forms.RadioSelect, label="What counts", error_messages=_ONE
    )
    items = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="The items listed here",
        help_text="Their item numbers, one a line.",
    )
    why = forms.CharField(
        max_length=200,
        label="What changes, and why",
        help_text="Stays with the version.",
        error_messages={"required": "Say what changes, and why."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, contract: Contract, days: list[date], today: date, new: bool, **kwargs: Any
    ) -> None:
        ahead = [day for day in days if day > today]
        # A new one begins now, or with a contract that is to come.
        begun = [day for day in days if day <= max(today, contract.begins_on)]
        quarters = [day for day in begun if quarter_of(day).first == day]
        usual = ahead[0] if ahead and not new else max(quarters or begun, default=None)
        first = {"from_day": usual.isoformat() if usual else ""}
        super().__init__(data, initial={**first, **kwargs.pop("initial", {})}, **kwargs)
        self._contract = contract
        del self.fields["why" if new else "name"]
        self.fields["cap"].currency = contract.currency  # type: ignore[attr-defined]
        self.fields["from_day"].choices = [(day.isoformat(), _worded(day, today, new)) for day in days]  # type: ignore[attr-defined]
        for row in range(self._rows(data)):
            for name, label in (("at", "begins at"), ("rate", "pays")):
                field = forms.CharField(required=False, max_length=40, label=f"Tier {row + 1} {label}")
                field.widget.attrs.update({"autocomplete": "off"})
                self.fields[f"{name}_{row}"] = field

    def _rows(self, data: Mapping[str, str] | None) -> int:
        source = data if data is not None else self.initial
        given = [int(name[3:]) for name in source if name.startswith("at_") and name[3:].isdigit() and len(name) < 6]
        more = _FEW if data is not None and data.get("step") == MORE else 0
        return min(max(_FEW, max(given, default=-1) + 1 + more), MOST_TIERS)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[name], self[f"rate_{name[3:]}"]) for name in self.fields if name.startswith("at_")]

    @property
    def has_room(self) -> bool:
        return len(self.rows) < MOST_TIERS

    def clean_counted(self) -> str:
        return self.cleaned_data["counted"] or Counted.MONEY

    def clean_pays(self) -> str:
        return self.cleaned_data["pays"] or Pays.SHARE

    def clean_items(self) -> frozenset[UUID]:
        skus = {line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()}
        known = {
            sku.upper(): pk for pk, sku in Item.objects.filter(vendor=self._contract.vendor_id).values_list("pk", "sku")
        }
        missing = sorted(sku for sku in skus if sku.upper() not in known)
        if missing:
            raise forms.ValidationError(f"No item of this vendor has the number {', '.join(missing[:5])}.")
        return frozenset(known[sku.upper()] for sku in skus)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        tiers: list[GivenTier] = []
        for row in range(len(self.rows)):
            at, rate = (given.get(f"{name}_{row}") or "" for name in ("at", "rate"))
            if not at and not rate:
                continue
            read_at = self._read(f"at_{row}", at, lambda text: self._begins(text, given))
            read_rate = self._read(f"rate_{row}", rate, lambda text: self._pays(text, given))
            if read_at is not None and read_rate is not None:
                tiers.append(GivenTier(read_at, read_rate))
        if not tiers and not self.errors:
            self.add_error("at_0", "Write at least one tier: where it begins, and what it pays.")
        return {**given, "tiers": tuple(tiers)}

    def _read(self, name: str, text: str, read: Any) -> Decimal | None:
        if not text:
            self.add_error(name, "Fill in both parts of the tier, or empty it.")
            return None
        try:
            return Decimal(read(text))
        except CellFault as fault:
            self.add_error(name, f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
            return None

    def _pays(self, text: str, given: dict[str, Any]) -> Decimal:
        """A share; or minor units, of "$500" once or "$10 a vial" for each."""
        currency = self._contract.currency
        if given.get("pays") not in (Pays.EACH, Pays.ONCE):
            if SIGNS[currency] in text:
                raise CellFault(f"{quoted(text)} is a sum; write a percentage such as 1.5%, or choose what a tier pays")
            return read_share(text)
        if "%" in text:
            raise CellFault(f"{quoted(text)} is a percentage; write a sum such as 10.00, or choose what a tier pays")
        if given["pays"] == Pays.ONCE:
            return Decimal(read_amount(text, currency=currency))
        return read_price(_A_UNIT.sub("", text), currency=currency).scaleb(DIGITS[currency])

    def _begins(self, text: str, given: dict[str, Any]) -> Decimal:
        """Minor units, or of "100 vials" how many; or of growth, "10% more" as a ratio to the year before."""
        if given.get("measured") != Measured.GROWTH:
            if given.get("counted") == Counted.UNITS:
                if SIGNS[self._contract.currency] in text:
                    raise CellFault(f"{quoted(text)} is a sum; write how many units, or choose money")
                return read_number(_OF_UNITS.sub("", text.strip()))
            return Decimal(read_amount(text, currency=self._contract.currency))
        plain = text.casefold().strip()
        if plain == "as much":
            return Decimal(1)
        if plain.endswith("of it"):
            return read_share(plain.removesuffix("of it").strip())
        return 1 + read_share(plain.removesuffix("more").strip()) if plain else read_number(plain)

    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(
            from_day=said["from_day"],
            every=said["every"],
            measured=said["measured"],
            way=said["way"],
            tiers=said["tiers"],
            cap=said["cap"],
            covers=said["covers"],
            item_ids=said["items"],
            counted=said["counted"],
            pays=said["pays"],
        )


def _worded(day: date, today: date, new: bool) -> str:
    words = f"{day:%B %-d, %Y}"
    return words if new or day > today else f"{words} (begun: only to mend what was written down wrong)"


def digest_of(terms: Terms) -> str:
    """Of all that `terms` says, so that nothing is kept but what was shown."""
    parts = (terms.from_day, terms.every, terms.measured, terms.way, terms.cap, terms.covers, sorted(terms.item_ids),
             terms.counted, terms.pays, terms.unit,
             [(tier.at.normalize(), tier.rate.normalize()) for tier in terms.tiers])  # fmt: skip
    return sha256(repr(parts).encode()).hexdigest()[:32]


def typed(terms: Terms, *, currency: str, skus: list[str]) -> dict[str, Any]:
    """`terms` as somebody would type them."""
    growth = terms.measured == Measured.GROWTH
    tiers: dict[str, str] = {}
    for row, tier in enumerate(terms.tiers):
        if growth:
            tiers[f"at_{row}"] = growth_in_words(tier.at)
        elif terms.counted == Counted.UNITS:
            tiers[f"at_{row}"] = f"{int(tier.at):,}"
        else:
            tiers[f"at_{row}"] = amount_typed(int(tier.at), currency)
        tiers[f"rate_{row}"] = share_typed(tier.rate) if terms.pays == Pays.SHARE else price_typed(tier.rate, currency)
    return {
        "every": terms.every, "measured": terms.measured, "way": terms.way, "cap": terms.cap, "covers": terms.covers,
        "items": "\n".join(skus), "counted": terms.counted, "pays": terms.pays, **tiers,
    }  # fmt: skip


def first_days(contract: Contract, *, today: date, running_only: bool) -> list[date]:
    """On which a program, or a version of one, can begin: the first days of months, the newest to come last.

    running_only: none of a period that is over.
    """
    begins = earliest_around(contract.begins_on)
    if running_only:
        begins = max(begins, earliest_around(today))
    last = max(today, begins) + _AHEAD
    return list(month_firsts(begins, min(last, contract.ends_on) if contract.ends_on else last))
