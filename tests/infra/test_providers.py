import pytest
from django.core.exceptions import ImproperlyConfigured

from infra import providers


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in ("MAIL_PROVIDER", "MAIL_KEY", "TEXT_PROVIDER", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_provider_messages_stay_in_the_data_folder(tmp_path):
    assert providers.mail(tmp_path)["folder"] == str(tmp_path / "outbox" / "mail")
    assert providers.texts(tmp_path)["folder"] == str(tmp_path / "outbox" / "texts")
    assert providers.texts(tmp_path)["provider"] == "file"


def test_a_provider_brings_its_key_under_its_own_name(tmp_path, monkeypatch):
    monkeypatch.setenv("MAIL_PROVIDER", "mailgun")
    monkeypatch.setenv("MAIL_KEY", "k")
    assert providers.mail(tmp_path)["anymail"] == {"MAILGUN_API_KEY": "k"}


@pytest.mark.parametrize(
    ("setting", "value", "read", "says"),
    [
        ("MAIL_PROVIDER", "mailgun", providers.mail, "MAIL_KEY is not set, and mailgun needs it"),
        ("MAIL_PROVIDER", "pigeon", providers.mail, "not 'pigeon'"),
        ("TEXT_PROVIDER", "twilio", providers.texts, "TWILIO_ACCOUNT_SID is not set"),
        ("TEXT_PROVIDER", "pigeon", providers.texts, "not 'pigeon'"),
    ],
)
def test_half_a_provider_stops_the_start(tmp_path, monkeypatch, setting, value, read, says):
    monkeypatch.setenv(setting, value)
    with pytest.raises(ImproperlyConfigured, match=says):
        read(tmp_path)
