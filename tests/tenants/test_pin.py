"""A PIN: digits that are not the first ones others would try, kept so that nobody can read them."""

import pytest

from core.errors import DomainError
from tenants.actions.set_pin import remove_pin, set_pin
from tenants.models import Person


def give_pin(person, pin):
    set_pin(person=person, pin=pin, practice=None, now=person.created_at)


@pytest.mark.parametrize("pin", ["2580", "73914", "91827364"])
def test_four_to_eight_digits_are_a_pin(person, pin):
    give_pin(person("Frank"), pin)
    assert Person.objects.get(pk=person("Frank").pk).pin.startswith("scrypt$")


@pytest.mark.parametrize("pin", ["", "258", "258025802", "25 80", "258o", "２５８０"])
def test_anything_else_is_none(person, pin):
    with pytest.raises(DomainError) as refused:
        give_pin(person("Frank"), pin)
    assert (refused.value.code, refused.value.field) == ("pin_shape", "pin")


@pytest.mark.parametrize("pin", ["0000", "77777", "1234", "45678", "4321", "9876"])
def test_what_others_try_first_is_refused(person, pin):
    with pytest.raises(DomainError) as refused:
        give_pin(person("Frank"), pin)
    assert refused.value.code == "pin_easy"


def test_it_is_set_and_removed_on_its_page(sign_in, person):
    client = sign_in("Frank", at="aurora")
    assert "This is not the same PIN" in client.post("/account/pin/", {"pin": "2580", "again": "2581"}).content.decode()
    answer = client.post("/account/pin/", {"pin": "2580", "again": "2580"})
    assert answer.headers["Location"] == "/account/security/?said=pin-set"
    assert "2580" not in client.get("/account/security/").content.decode()
    assert person("Frank").pin
    client.post("/account/pin/removal/")
    assert not person("Frank").pin


def test_removing_none_changes_nothing(person, now):
    remove_pin(person=person("Frank"), practice=None, now=now)
    assert person("Frank").pin == ""
