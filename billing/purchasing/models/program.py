from django.db import models
from django.db.models import Q

from billing.purchasing.accrual import Measured
from billing.purchasing.models.catalog import Item
from billing.purchasing.models.contract import Contract
from billing.purchasing.schedule import Counted, Pays, Way
from core.constraints import one_of
from core.models import Row


class Every(models.TextChoices):
    """How long a period of a program is. The first one begins with the day from which a version holds, and each later
    one when the one before it ends."""

    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    HALF = "half", "Every half-year"
    YEAR = "year", "Every year"

    @property
    def months(self) -> int:
        return {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}[self]


class Covers(models.TextChoices):
    """EVERYTHING: lines that stand in no catalog as well, as a rebate on all net spend has it."""

    EVERYTHING = "everything", "Everything bought of the vendor, but for the items listed here"
    CATALOG = "catalog", "Every item of its catalog, but for the items listed here"
    LISTED = "listed", "Only the items listed here"


class RebateProgram(Row):
    """A promise of a vendor to pay something back. What it says stands in its versions."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "name"], name="program_named_once"),
            models.CheckConstraint(name="program_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ProgramVersion(Row):
    """What a program says from a day on. Never changed: what is earned in a period follows the newest version that
    began by its first day. A version whose first period was claimed already is refused by the database.

    covers: whatever is bought of the vendor, or what stands in its catalog, both without the listed items; or only
    these.
    cap_minor: the most that one member earns in a period.
    counted, pays: what tiers are counted in, and what one pays. unit: what a unit is called where units matter, as it
    stood in the catalog then: "vial"; "" where they do not.
    """

    program = models.ForeignKey(RebateProgram, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    every = models.CharField(max_length=8, choices=Every)
    measured = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Measured])
    way = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Way])
    counted = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Counted], default=Counted.MONEY)
    pays = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Pays], default=Pays.SHARE)
    unit = models.CharField(max_length=30, blank=True, default="")
    cap_minor = models.PositiveBigIntegerField(null=True, blank=True)
    covers = models.CharField(max_length=10, choices=Covers, default=Covers.CATALOG)
    why = models.CharField(max_length=200, blank=True, help_text="What a later version changes, and why.")

    class Meta:
        ordering = ["from_day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="program_version_once"),
            one_of("covers", Covers, table="program_version"),
            one_of("every", Every, table="program_version"),
            models.CheckConstraint(
                name="program_version_measured_known", condition=Q(measured__in=[one.value for one in Measured])
            ),
            models.CheckConstraint(name="program_version_way_known", condition=Q(way__in=[one.value for one in Way])),
            models.CheckConstraint(
                name="program_version_counted_known", condition=Q(counted__in=[one.value for one in Counted])
            ),
            models.CheckConstraint(
                name="program_version_pays_known", condition=Q(pays__in=[one.value for one in Pays])
            ),
            # Each rate on its own part needs one quantity for both.
            models.CheckConstraint(
                name="program_version_parts_of_one_quantity",
                condition=Q(way="flat") | Q(counted="money", pays="share") | Q(counted="units", pays="each"),
            ),
            # A sum once would be paid again and again for one twelve months, and to whoever bought a little of what
            # all bought; and totals of all are told in money.
            models.CheckConstraint(
                name="program_version_once_of_own_period",
                condition=~Q(pays="once") | Q(measured__in=["volume", "growth"]),
            ),
            models.CheckConstraint(
                name="program_version_group_in_money", condition=~Q(measured="group") | Q(counted="money")
            ),
            # Units are known of what stands in the catalog.
            models.CheckConstraint(
                name="program_version_units_of_items",
                condition=(Q(counted="units") | Q(pays="each")) & ~Q(unit="") & ~Q(covers="everything")
                | Q(counted="money", unit="") & ~Q(pays="each"),
            ),
            # A marginal rebate of the group tells a member what the others bought, to the cent; and only growth tells
            # what was bought more than before.
            models.CheckConstraint(
                name="program_version_marginal_of_own",
                condition=Q(way="flat")
                | Q(way="marginal", measured__in=["volume", "trailing", "growth"])
                | Q(way="increase", measured="growth"),
            ),
            models.CheckConstraint(name="program_version_begins_with_a_month", condition=Q(from_day__day=1)),
            models.CheckConstraint(name="program_version_says_why", condition=Q(number=1) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class ProgramTier(Row):
    """at: where it begins, inclusive: minor units, or units of items, or for growth a ratio to the year before.

    rate: of what counts; null where the version pays sums. sum: for each unit, in minor units and parts of them, as a
    rate is; or once, then in whole ones.
    """

    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="tiers")
    place = models.PositiveSmallIntegerField(help_text="From 0.")
    at = models.DecimalField(max_digits=18, decimal_places=4)
    rate = models.DecimalField(max_digits=9, decimal_places=8, null=True, blank=True)
    sum = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="program_tier_once"),
            models.CheckConstraint(
                name="program_tier_possible",
                condition=Q(at__gte=0)
                & (
                    Q(sum__isnull=True, rate__isnull=False, rate__gte=0, rate__lte=1)
                    | Q(rate__isnull=True, sum__isnull=False, sum__gte=0)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"tier {self.place + 1}"


class ProgramItem(Row):
    """An item that a version names: left out, or where it covers listed ones only, one of these."""

    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "item"], name="program_item_once")]

    def __str__(self) -> str:
        return str(self.item_id)
