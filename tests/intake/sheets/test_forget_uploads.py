"""An upload holds patients: what nobody needs any more is thrown away in time, and what was imported is not."""

from datetime import timedelta

import pytest

from core.errors import Conflict
from loyalty.intake.discard_import import discard_import
from loyalty.intake.forget_uploads import KEEP_BEFORE, KEEP_FILE, forget_uploads
from loyalty.models import Import, ImportedRow, ImportIssue, ImportPiece, Patient
from tests.intake.sheets.test_patients import TWO

NAMELESS = "1,,,,,,,,\n"


def test_the_file_is_thrown_away_after_two_weeks_and_how_it_was_before_after_thirty_days(bring):
    of = bring(TWO + NAMELESS)
    assert forget_uploads(now=of.finished_at + KEEP_FILE) == 0
    assert ImportPiece.objects.exists()
    late = of.finished_at + KEEP_FILE + timedelta(seconds=1)
    assert forget_uploads(now=late) == 1
    assert forget_uploads(now=late) == 0
    assert not ImportPiece.objects.exists()
    assert Import.objects.get().file_gone_at == late
    assert ImportedRow.objects.count() == 2
    assert ImportIssue.objects.exists()
    forget_uploads(now=of.finished_at + KEEP_BEFORE + timedelta(seconds=1))
    assert not ImportedRow.objects.exists()
    assert not ImportIssue.objects.exists()
    assert Patient.objects.count() == 2


def test_an_upload_that_nobody_imported_goes_whole(bring):
    of = bring.checked(TWO)
    forget_uploads(now=of.updated_at + KEEP_FILE)
    assert ImportPiece.objects.exists()
    forget_uploads(now=of.updated_at + KEEP_FILE + timedelta(seconds=1))
    assert not Import.objects.exists()
    assert not ImportPiece.objects.exists()


def test_what_is_imported_is_undone_and_not_discarded(bring):
    of = bring(TWO)
    with pytest.raises(Conflict, match="it is imported"):
        discard_import(import_id=of.id)
    assert ImportedRow.objects.count() == 2
    other = bring.checked(TWO)
    discard_import(import_id=other.id)
    assert list(Import.objects.values_list("id", flat=True)) == [of.id]
