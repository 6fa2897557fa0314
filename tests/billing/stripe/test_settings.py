"""Keys that are half set, of the wrong kind or sent elsewhere stop the start; without any the check says so."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from billing.checks import paid_plans
from infra import environment
from infra.providers import stripe_mode

LOCAL = "http://127.0.0.1:9999"


@pytest.mark.parametrize(
    ("key", "base", "mode"),
    [("", "", "off"), ("sk_test_a", "", "test"), ("rk_test_a", LOCAL, "test"), ("sk_live_a", "", "live")],
)
def test_the_key_says_the_mode(key, base, mode):
    assert stripe_mode(key, base, "whsec_a") == mode


@pytest.mark.parametrize(
    ("key", "base", "secret", "words"),
    [
        ("pk_test_a", "", "whsec_a", "begins with"),
        ("nonsense", "", "whsec_a", "begins with"),
        ("sk_test_a", "", "", "STRIPE_WEBHOOK_SECRET is not set"),
        ("sk_live_a", LOCAL, "whsec_a", "test keys"),
        ("sk_test_a", "http://elsewhere.example", "whsec_a", "127.0.0.1"),
    ],
)
def test_what_cannot_be_stops_the_start(key, base, secret, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        stripe_mode(key, base, secret)


def test_a_moment_needs_its_offset(monkeypatch):
    monkeypatch.setenv("WHEN", "2026-12-01T08:00:00")
    with pytest.raises(ImproperlyConfigured, match="offset"):
        environment.moment("WHEN")
    monkeypatch.setenv("WHEN", "soon")
    with pytest.raises(ImproperlyConfigured, match="2026-12-01"):
        environment.moment("WHEN")
    monkeypatch.setenv("WHEN", "2026-12-01T08:00:00Z")
    assert environment.moment("WHEN").isoformat() == "2026-12-01T08:00:00+00:00"


@pytest.mark.parametrize(
    ("key", "live", "demo", "said"),
    [("", False, False, ["billing.W001"]), ("sk_test_a", False, False, ["billing.I001"]),
     ("sk_test_a", False, True, []), ("sk_live_a", True, False, [])],
)  # fmt: skip
def test_the_check_says_what_is_off(settings, key, live, demo, said):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_LIVE, settings.DEMO = key, live, demo
    assert [one.id for one in paid_plans()] == said
