from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import TextNumber


def run(*words: str) -> str:
    out = StringIO()
    call_command("set_text_number", *words, stdout=out)
    return out.getvalue()


def test_the_number_is_kept_and_the_operator_told_where_answers_go(aurora):
    said = run("aurora", "(503) 555-0100")
    assert "Aurora Aesthetics texts from +15035550100." in said
    assert "POST to http://aurora.perennial.localhost:8000/messages/inbound/" in said
    with practice_scope(aurora):
        assert TextNumber.objects.get().number == "+15035550100"
        assert Entry.objects.get(verb="text_number.set").asker_kind == "operator"


def test_another_number_takes_its_place(aurora):
    run("aurora", "(503) 555-0100")
    run("aurora", "(503) 555-0101")
    with practice_scope(aurora):
        assert TextNumber.objects.get().number == "+15035550101"


@pytest.mark.parametrize("words", [("aurora", "911"), ("nowhere", "(503) 555-0100")])
def test_what_cannot_be_is_said(aurora, words):
    with pytest.raises(CommandError):
        run(*words)
