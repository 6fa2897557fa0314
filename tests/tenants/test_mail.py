"""Mail to staff: the same words as text and as HTML, and the network's address in the foot."""

import pytest
from django.conf import settings
from django.core import mail as outbox

from tenants import mail

CONTEXT = {
    "place": "Aurora Aesthetics",
    "inviter": "Olivia O'Hara <b>",
    "role": "front desk",
    "email": "kim@example.com",
    "link": "http://aurora.perennial.localhost/account/invitation/x/",
    "until": "November 30, 2026",
}


@pytest.fixture
def letter():
    def send(**other):
        mail.send(to="kim@example.com", template="invitation", context=CONTEXT | other)
        return outbox.outbox[-1]

    return send


def test_a_mail_has_a_subject_a_text_and_the_same_in_html(letter):
    sent = letter()
    assert sent.to == ["kim@example.com"]
    assert sent.subject == "Join Aurora Aesthetics on Perennial"
    assert "Olivia O'Hara <b> invites you to Aurora Aesthetics as front desk." in sent.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "Olivia O&#x27;Hara &lt;b&gt; invites you to Aurora Aesthetics as front desk." in html
    assert f'<a href="{CONTEXT["link"]}">' in html


def test_the_networks_postal_address_is_in_the_foot_of_both(letter):
    sent = letter()
    foot = f"{settings.NETWORK_NAME}, {settings.NETWORK_ADDRESS}"
    assert settings.NETWORK_ADDRESS
    assert sent.body.rstrip().endswith(foot)
    assert foot in sent.alternatives[0][0]


def test_a_name_cannot_begin_a_header_or_a_paragraph_of_its_own(letter):
    sent = letter(place="Aurora\r\nBcc: eve@example.com", inviter="Eve\n\nhttp://evil.example.com\n\n")
    assert "\n" not in sent.subject
    assert sent.recipients() == ["kim@example.com"]
    assert "Eve http://evil.example.com invites you" in sent.body
    assert sent.alternatives[0][0].count("<a ") == 1
