"""Try the statistics of hold-outs on networks whose truth is known, and say whether they keep what they promise."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from typing import Any

from django.core.management.base import BaseCommand

from infra.simulated_networks.joined import MONTHS, PERCENT_HELD
from infra.simulated_networks.simulate import COVERED, MOST_CALLED, Row, simulate
from infra.simulated_networks.truth import Truth

ENOUGH_NETWORKS = 2000
_NAMES = ("practices", "truth", "covers", "calls", "if naive", "covers", "calls", "lift", "credit")
_WIDTHS = (9, 20, 9, 7, 9, 9, 7, 8, 8)


class Command(BaseCommand):
    help = (
        "Simulate networks with known truth, drawn and analyzed by the product's own functions: how often the final "
        "95% interval holds the truth, and how often nothing is called an effect by someone who looks every month. "
        "Ends with 1 where a bound is not kept."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--networks", type=_number(1, 100_000), default=4000, help="how many (default: 4000)")
        parser.add_argument(
            "--practices", type=_number(2, 200), nargs="+", default=[5, 10, 40], help="in each (default: 5 10 40)"
        )
        parser.add_argument("--seed", type=_number(0, 2**32 - 1), default=1, help="the same one, the same table")

    def handle(self, **options: Any) -> None:
        networks, practices = options["networks"], sorted(set(options["practices"]))
        rows = simulate(networks=networks, practices=practices, seed=options["seed"], processes=os.cpu_count() or 1)
        self.stdout.write(
            f"{networks:,} networks of each kind, seed {options['seed']}. {PERCENT_HELD}% of patients are held out; "
            f"they join for {MONTHS} months.\n\n"
            "                               network pooled           one practice     mean of networks\n"
        )
        self.stdout.write(_line(_NAMES))
        for row in rows:
            self.stdout.write(_line(_cells(row)))
        self.stdout.write(_LEGEND)
        failed = [sentence for row in rows for sentence in row.outside()]
        if failed:
            for sentence in failed:
                self.stderr.write(sentence)
            if networks < ENOUGH_NETWORKS:
                self.stderr.write(f"{networks:,} networks scatter by themselves: take {ENOUGH_NETWORKS:,} or more.")
            sys.exit(1)
        self.stdout.write("All bounds are kept.")


_LEGEND = f"""
covers    the final 95% interval holds the truth; must be {COVERED[0]:.1%} to {COVERED[1]:.1%}
calls     an effect is seen by someone who looks every month; where there is none, at most {MOST_CALLED:.1%}
if naive  the same with the interval of the end taken at every look, which nobody should do
lift      the truth, in points of patients who come back
credit    the "lift" of a dashboard that credits each return booked within 7 days after a contact to it
"""


def _cells(row: Row) -> tuple[str, ...]:
    tally = row.tally
    is_null_of_one = row.truth != Truth.NOT_ON_AVERAGE
    return (
        str(row.practices),
        row.truth.value,
        f"{row.covered:.1%}",
        f"{row.called:.1%}",
        f"{tally.called_naively / tally.networks:.1%}",
        f"{row.practice_covered:.1%}",
        f"{row.practice_called:.1%}" if is_null_of_one else "·",
        f"{100 * tally.lift / tally.networks:+.1f}",
        f"{100 * tally.credit / tally.networks:+.1f}",
    )


def _line(cells: Sequence[str]) -> str:
    texts = [
        text.ljust(width) if place == 1 else text.rjust(width)
        for place, (text, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    ]
    return " ".join(texts)


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least:,} to {most:,}")
        return value

    return parse
