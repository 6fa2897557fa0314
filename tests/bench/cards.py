"""Setting 100 cards and 100 labels, beside setting each card as a file of its own."""

from datetime import UTC, datetime

from frontend.print.cards import PAPERS, Card, cards_pdf
from frontend.print.labels import Label, labels_pdf
from tests.bench.measure import Bench, Measure
from tests.bench.readings import MILLI, interleaved
from tests.bench.table import Budget, Of, Row

HOW_MANY, ROUNDS = 100, 5
NAMES = ("Beatrice", "Nguyễn Thị Hồng", "Łukasz", "Αθηνά", "Наталія", "Zoë")
WORDS = "It was lovely to meet you and to hear about the move. I hope the city already feels a little like home."
NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)


class Cards(Measure):
    name = "cards"

    def rows(self, bench: Bench) -> list[Row]:
        del bench
        ours, usual = interleaved([both, one_by_one], rounds=ROUNDS)
        return [
            Row(
                work=f"{HOW_MANY} cards and {HOW_MANY} labels as two PDFs",
                unit="ms",
                usual=usual.median * MILLI,
                usual_least=usual.least * MILLI,
                ours=ours.median * MILLI,
                ours_least=ours.least * MILLI,
                budget=Budget(of=Of.OURS, limit=500, decides=False),
                note="six scripts and accents, half with words; usual: a file for each card and for each label",
            ),
            Row(
                work="the same, as a ratio",
                unit="ms",
                usual=usual.median * MILLI,
                ours=ours.median * MILLI,
                budget=Budget(of=Of.RATIO, limit=3),
                note="decides where the machine is shared",
            ),
        ]


def _cards() -> list[Card]:
    names = [NAMES[number % len(NAMES)] for number in range(HOW_MANY)]
    return [Card(f"Thank you, {name}", WORDS if number % 2 else "", "Dr. Sato") for number, name in enumerate(names)]


def _labels() -> list[Label]:
    names = [NAMES[number % len(NAMES)] for number in range(HOW_MANY)]
    return [Label((f"{name} Lindgren", "1825 NW Raleigh St", "Portland, OR 97209"), "Aurora") for name in names]


def both() -> None:
    cards_pdf(_cards(), paper=PAPERS["a6"], practice="Aurora", now=NOW)
    labels_pdf(_labels(), start=1, practice="Aurora", now=NOW)


def one_by_one() -> None:
    for card in _cards():
        cards_pdf([card], paper=PAPERS["a6"], practice="Aurora", now=NOW)
    for label in _labels():
        labels_pdf([label], start=1, practice="Aurora", now=NOW)
