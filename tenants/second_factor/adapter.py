"""What allauth.mfa asks of us: secrets are encrypted, and one passkey opens every host of the network."""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from core import crypto
from tenants.models import Person


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This did not match. Wait for the next code of your app and type that one.",
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.NETWORK_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        # Every practice's host lies below the network's, so a browser lets one passkey serve them all.
        return {"id": settings.NETWORK_HOST, "name": settings.NETWORK_NAME}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        return {"id": user_pk_to_url_str(user).encode(), "display_name": user.name, "name": user.email}
