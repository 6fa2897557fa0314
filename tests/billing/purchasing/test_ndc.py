import pytest

from billing.purchasing.catalog.ndc import normal_ndc, shown_ndc
from core.errors import DomainError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("00023-1145-01", "00023114501"),
        ("00023114501", "00023114501"),
        ("0023-1145-01", "00023114501"),  # 4-4-2
        ("50242-040-62", "50242004062"),  # 5-3-2
        ("60575-4112-1", "60575411201"),  # 5-4-1
        (" NDC: 0023-1145-01 ", "00023114501"),
        ("0023–1145–01", "00023114501"),
        ("00023 1145 01", "00023114501"),
    ],
)
def test_each_way_to_write_one_becomes_eleven_digits(given, kept):
    assert normal_ndc(given) == kept


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("0023114501", "with its dashes"),
        ("0023-114501", "three parts"),
        ("023-1145-01", "three parts"),
        ("0002311450", "with its dashes"),
        ("00023-1145-0A", "digits and dashes only"),
        ("٠٠٠٢٣١١٤٥٠١", "digits and dashes only"),
        ("000231145011", "eleven digits"),
    ],
)
def test_what_could_be_two_numbers_or_none_is_refused(given, says):
    with pytest.raises(DomainError, match=says):
        normal_ndc(given)


def test_it_is_shown_as_bills_write_it():
    assert shown_ndc("00023114501") == "00023-1145-01"
    assert shown_ndc("") == ""
