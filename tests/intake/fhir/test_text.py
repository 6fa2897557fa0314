import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.intake.fhir.text import TextError, clean_text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ann", "Ann"),
        ("  Ann   Lee ", "Ann Lee"),
        ("Ann\r\n\tLee", "Ann Lee"),
        ("Jose\u0301", "José"),
        ("007", "007"),
        ("O'Brien-Ñandú", "O'Brien-Ñandú"),
        ("山田 花子", "山田 花子"),
        ("👩‍⚕️", "👩‍⚕️"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_text_is_kept_on_one_line_in_one_normal_form(written, kept):
    assert clean_text(written, most=100) == kept


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("A\x00nn", "holds a NUL character (U+0000), which no database text can hold"),
        ("A\x07nn", "holds a control character (U+0007)"),
        ("A\x7fnn", "holds a control character (U+007F)"),
        ("A\x9bnn", "holds a control character (U+009B)"),
        ("A\ud800nn", "holds half a character (a lone surrogate)"),
        ("A" * 101, "is longer than 100 characters"),
    ],
)
def test_text_that_cannot_be_kept_says_why(written, reason):
    with pytest.raises(TextError) as error:
        clean_text(written, most=100)
    assert str(error.value) == reason


@given(st.text())
@settings(deadline=None)
def test_whatever_is_kept_fits_a_database_and_stays_the_same_the_second_time(written):
    try:
        kept = clean_text(written, most=50)
    except TextError:
        return
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert len(kept) <= 50
    assert clean_text(kept, most=50) == kept
