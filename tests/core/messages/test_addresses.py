import pytest

from core.messages.addresses import fingerprint, normal, veiled, zones_of_phone


@pytest.mark.parametrize("given", ["(503) 555-0148", "503.555.0148", "+1 503 555 0148", "1-503-555-0148"])
def test_one_number_has_one_form(given):
    assert normal("phone", given) == "+15035550148"


@pytest.mark.parametrize("given", ["", "911", "555-0148", "(503) 555-0148 ext. 12", "(800) 555-0199", "call me"])
def test_what_no_text_can_reach_has_none(given):
    assert normal("phone", given) == ""


@pytest.mark.parametrize(
    ("given", "form"),
    [(" Ana@Example.com ", "ana@example.com"), ("ana", ""), ("ana@", ""), ("a@b.com\nBcc: c@d.com", ""), ("", "")],
)
def test_one_email_address_has_one_form(given, form):
    assert normal("email", given) == form


def test_a_fingerprint_tells_a_phone_from_an_email_and_says_neither():
    assert fingerprint("phone", "+15035550148") != fingerprint("email", "+15035550148")
    assert "5035550148" not in fingerprint("phone", "+15035550148")
    assert len(fingerprint("email", "ana@example.com")) == 64


@pytest.mark.parametrize(
    ("number", "zones"),
    [("+15035550148", ["America/Los_Angeles"]), ("+18085550100", ["Pacific/Honolulu"]), ("+15005550006", [])],
)
def test_a_number_points_to_its_time_zones_or_to_none(number, zones):
    assert [zone.key for zone in zones_of_phone(number)] == zones


def test_a_list_shows_only_enough_to_tell_two_apart():
    assert veiled("phone", "+15035550148") == "ends in 48"
    assert veiled("email", "ana@example.com") == "a…@example.com"
