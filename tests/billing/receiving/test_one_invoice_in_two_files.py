"""One file numbers the lines of an invoice, another does not: what was bought is counted once all the same.

Of lines that say the same, an invoice has as many as the source that tells the most of them; lines with different
numbers are different lines.
"""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from billing.purchasing.models import PurchaseLine
from billing.receiving import run as run_module
from billing.receiving.models import RefusedRow
from billing.receiving.take_back import take_back
from core.tenancy.scope import practice_scope

PLAIN = "Invoice,Date,SKU,Qty,Amount"
NUMBERED = "Invoice,Line,Date,SKU,Description,Qty,UOM,Amount"
TRIES = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def numbers():
    """Of each line, "" where we made its key."""
    return sorted("" if line.startswith("~") else line for line in PurchaseLine.objects.values_list("line", flat=True))


def plain(count=1, *, invoice="A-1"):
    return [f"{invoice},2026-10-05,SF-100,2,800.00"] * count


def numbered(*lines, invoice="A-1"):
    return [f"{invoice},{line},2026-10-05,sf100,Silk filler,2,syringe,800.00" for line in lines]


def test_the_same_lines_without_and_then_with_numbers_are_counted_once(bring):
    bring(*plain(2), header=PLAIN)
    of = bring(*numbered(1, 2), header=NUMBERED)
    assert (of.added, of.already, of.refused) == (0, 2, 0)
    assert numbers() == ["1", "2"]


def test_the_same_lines_with_and_then_without_numbers_are_counted_once(bring):
    bring(*numbered(1, 2), header=NUMBERED)
    of = bring(*plain(2), header=PLAIN)
    assert (of.added, of.already, of.refused) == (0, 2, 0)
    assert numbers() == ["1", "2"]


def test_what_one_source_tells_more_of_is_added(bring):
    bring(*plain(1), header=PLAIN)
    assert bring(*numbered(1, 2, 3), header=NUMBERED).added == 2
    assert bring(*plain(5), header=PLAIN).added == 2
    assert numbers() == ["", "", "1", "2", "3"]
    # Each of the three again: nothing is new.
    assert bring(*plain(1), header=PLAIN).added == 0
    assert bring(*numbered(1, 2, 3), header=NUMBERED).added == 0
    assert bring(*plain(5), header=PLAIN).added == 0


def test_different_numbers_are_different_lines_in_whatever_file(bring):
    bring(*plain(1), header=PLAIN)
    bring(*numbered(1), header=NUMBERED)
    assert bring(*numbered(2), header=NUMBERED).added == 1
    assert numbers() == ["1", "2"]


@pytest.mark.parametrize("change", ["2026-10-06,SF-100,2,800.00", "2026-10-05,ST-200,2,800.00",
                                    "2026-10-05,SF-100,3,800.00", "2026-10-05,SF-100,2,800.01"])  # fmt: skip
def test_another_day_item_quantity_or_amount_is_another_line(bring, change):
    bring(*numbered(1), header=NUMBERED)
    assert bring(f"A-1,{change}", header=PLAIN).added == 1


def test_another_invoice_and_freight_of_that_amount_are_other_lines(bring):
    bring(*numbered(1), header=NUMBERED)
    assert bring(*plain(invoice="A-2"), header=PLAIN).added == 1
    assert bring("A-1,2026-10-05,SF-100,2,800.00,freight", header=PLAIN + ",Type").added == 1


def test_a_purchase_and_its_return_do_not_stand_for_each_other(bring):
    bring(*plain(1), header=PLAIN)
    assert bring("A-1,2,2026-10-05,sf100,,-2,,-800.00", header=NUMBERED).added == 1
    assert sum(PurchaseLine.objects.values_list("amount_minor", flat=True)) == 0


def test_a_number_that_stands_twice_in_a_long_file_is_told_once_and_not_added(bring, monkeypatch):
    monkeypatch.setattr(run_module, "BATCH", 1)
    of = bring(*numbered(1, 1), header=NUMBERED)
    assert (of.added, of.refused) == (1, 1)
    assert numbers() == ["1"]


def test_a_number_cannot_look_like_one_of_ours(bring, aurora):
    of = bring(*numbered("~1"), header=NUMBERED)
    with practice_scope(aurora):
        assert RefusedRow.objects.get(of=of).reason == "Line number: it cannot begin with ~."


def test_a_line_that_got_a_number_goes_with_the_file_it_came_with(bring, aurora, now):
    first = bring(*plain(1), header=PLAIN)
    second = bring(*numbered(1), header=NUMBERED)
    with practice_scope(aurora):
        take_back(file_id=second.id, now=now)
        assert PurchaseLine.objects.count() == 1
        take_back(file_id=first.id, now=now)
        assert not PurchaseLine.objects.exists()


def test_a_crash_between_two_batches_of_such_a_file_changes_nothing(bring, aurora, now, monkeypatch):
    bring(*plain(2), header=PLAIN)
    monkeypatch.setattr(run_module, "BATCH", 2)
    keep, calls = run_module.keep_lines, []

    def falls_over(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise MemoryError
        return keep(*args, **kwargs)

    of = bring(*numbered(1, 2, 3), *plain_in_numbered(1), header=NUMBERED, run_it=False)
    with practice_scope(aurora):
        with monkeypatch.context() as broken:
            broken.setattr(run_module, "keep_lines", falls_over)
            with pytest.raises(MemoryError):
                run_module.run(file_id=of.id, now=now)
        run_module.run(file_id=of.id, now=now)
    assert numbers() == ["", "1", "2", "3"]


def plain_in_numbered(count):
    return [row.replace(",0,", ",,", 1) for row in numbered(*[0] * count)]


ANY_FILE = st.lists(st.sampled_from(["", "1", "2", "3"]), max_size=5).filter(
    lambda lines: all(count == 1 for line, count in Counter(lines).items() if line)
)


@TRIES
@given(files=st.lists(ANY_FILE.filter(bool), min_size=1, max_size=3), data=st.data())
def test_however_it_is_split_into_files_the_most_that_a_source_tells_is_counted(bring, aurora, files, data):
    """lines of a file: their numbers, "" for none; all of them say the same."""
    PurchaseLine.objects.all().delete()
    for lines in files:
        bring(*(numbered(*lines)), header=NUMBERED)
    kept = numbers()
    named = {line for lines in files for line in lines if line}
    assert {line for line in kept if line} == named
    assert len(kept) >= max(len(named), *map(len, files))
    if len(files) == 2:
        assert len(kept) == max(len(named), *map(len, files))
    # Again, in another order: nothing is new.
    for lines in data.draw(st.permutations(files)):
        assert bring(*numbered(*data.draw(st.permutations(lines))), header=NUMBERED).added == 0
    assert Counter(numbers()) == Counter(kept)
    assert set(PurchaseLine.objects.values_list("day", flat=True)) == {date(2026, 10, 5)}
