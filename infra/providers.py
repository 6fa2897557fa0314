"""Who carries email and texts, by the environment. Without one they go into folders below the data folder."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from infra import environment as env

# Provider → its backend, and what anymail calls its key.
_MAIL = {
    "mailgun": ("anymail.backends.mailgun.EmailBackend", "MAILGUN_API_KEY"),
    "postmark": ("anymail.backends.postmark.EmailBackend", "POSTMARK_SERVER_TOKEN"),
    "resend": ("anymail.backends.resend.EmailBackend", "RESEND_API_KEY"),
    "sendgrid": ("anymail.backends.sendgrid.EmailBackend", "SENDGRID_API_KEY"),
}
_OF_OUR_OWN = {
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}
_TEXTS = ("file", "console", "twilio")


def mail(data: Path) -> dict[str, Any]:
    """The settings of email: MAIL_PROVIDER, and MAIL_KEY where the provider wants one."""
    provider = env.text("MAIL_PROVIDER", "file")
    if provider in _OF_OUR_OWN:
        return {"backend": _OF_OUR_OWN[provider], "folder": str(_outbox(data) / "mail"), "anymail": {}}
    if provider not in _MAIL:
        raise ImproperlyConfigured(f"MAIL_PROVIDER is one of {_names(_OF_OUR_OWN, _MAIL)}, not {provider!r}.")
    backend, key_name = _MAIL[provider]
    return {"backend": backend, "folder": None, "anymail": {key_name: _needed("MAIL_KEY", provider)}}


def texts(data: Path) -> dict[str, str]:
    """The settings of texts: TEXT_PROVIDER, and TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN for Twilio."""
    provider = env.text("TEXT_PROVIDER", "file")
    if provider not in _TEXTS:
        raise ImproperlyConfigured(f"TEXT_PROVIDER is one of {_names(_TEXTS)}, not {provider!r}.")
    is_twilio = provider == "twilio"
    return {
        "provider": provider,
        "folder": str(_outbox(data) / "texts"),
        "account": _needed("TWILIO_ACCOUNT_SID", provider) if is_twilio else "",
        "token": _needed("TWILIO_AUTH_TOKEN", provider) if is_twilio else "",
    }


def _outbox(data: Path) -> Path:
    return Path(env.text("OUTBOX_FOLDER", str(data / "outbox")))


def _needed(name: str, provider: str) -> str:
    value = env.text(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set, and {provider} needs it. Set it, or leave the provider out.")
    return value


def _names(*tables: Any) -> str:
    return ", ".join(sorted(name for table in tables for name in table))


def stripe_mode(key: str, base: str, webhook_secret: str) -> str:
    """ "off", "test" or "live". Raises ImproperlyConfigured for half a setting, and for a live key sent elsewhere."""
    if not key:
        return "off"
    kind, _, rest = key.partition("_")
    mode = rest.partition("_")[0]
    if kind not in ("sk", "rk") or mode not in ("test", "live"):
        raise ImproperlyConfigured("STRIPE_SECRET_KEY begins with sk_test_, rk_test_, sk_live_ or rk_live_.")
    if not webhook_secret:
        raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRET is not set, and without it no event of Stripe is believed.")
    if base and (mode == "live" or not base.startswith("http://127.0.0.1:")):
        raise ImproperlyConfigured("STRIPE_API_BASE is for test keys and a stand-in on 127.0.0.1 only. Leave it out.")
    return mode
