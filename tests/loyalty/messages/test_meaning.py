import pytest

from loyalty.messages.meaning import meaning_of

STOPS = [
    "STOP", "stop", " Stop. ", "stop!!!", "Stop please", "please stop", "STOP ALL", "stopall", "Unsubscribe", "quit",
    "END", "cancel", "Cancel please", "revoke", "opt out", "opt-out", "OPTOUT", "remove me", "no more",
    "please don't text me anymore", "Please don’t text me any more", "do not contact me again", "Stop texting me",
    "stop sending me these messages", "don't send me texts", "never text this number again", "no more texts please",
    "I don't want these messages", "I no longer want to get texts", "I do not consent to text messages",
    "take me off your list", "take my number off", "remove my number", "delete my number", "leave me alone",
    "lose my number", "wrong number", "You have the wrong person", "I want to unsubscribe", "opting out",
    "alto", "BASTA", "parar", "pare por favor", "Cancelar", "no me escriban más", "No me envíen mensajes",
    "ya no quiero mensajes", "no quiero más mensajes", "dejen de escribirme", "deje de mandarme textos", "quítenme",
]  # fmt: skip
NOT_STOPS = [
    "", "Yes", "ok thanks", "See you Monday!", "Can I stop by at 5?", "I'll stop in tomorrow",
    "Please don't cancel my appointment", "Can we cancel my appointment on Monday?", "I need to cancel Tuesday",
    "is the weekend open?", "did not get your text", "Don't stop texting me", "Do not hesitate to text me",
    "What time does it end?", "I was not able to call", "You can text me at this number",
    "My friend told me to quit smoking",
    "Is there parking?", "Para mi hija también", "thank you so much", "Sorry, running late, don't wait for me",
]  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
def test_it_means_stop(text):
    assert meaning_of(text) == "stop"


@pytest.mark.parametrize("text", NOT_STOPS)
def test_it_is_for_a_person_to_read(text):
    assert meaning_of(text) == "other"


@pytest.mark.parametrize("text", ["START", "start please", "Unstop", "opt in", "comenzar"])
def test_it_means_start(text):
    assert meaning_of(text) == "start"


@pytest.mark.parametrize("text", ["HELP", "help!", "Info", "ayuda por favor"])
def test_it_asks_for_help(text):
    assert meaning_of(text) == "help"
