"""Whether a request that says it comes from Twilio does."""

from django.conf import settings
from django.http import HttpRequest
from twilio.request_validator import RequestValidator


def signed_by_twilio(request: HttpRequest) -> bool:
    """Twilio signs the whole address with every field by the account's token. Without a token nothing is signed.

    The address holds the host, so what was signed for one practice is not valid at another's.
    """
    token, signature = settings.TWILIO_AUTH_TOKEN, request.headers.get("X-Twilio-Signature", "")
    if not token or not signature or request.method != "POST":
        return False
    validator = RequestValidator(token)
    return bool(validator.validate(request.build_absolute_uri(), request.POST, signature))
