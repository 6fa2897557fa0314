"""Whether what somebody wrote can be a telephone number at all: what may be kept, as it was written."""

from enum import StrEnum

import phonenumbers
from phonenumbers import ValidationResult

from core.messages.addresses import REGION


class Possible(StrEnum):
    YES = "yes"
    TOO_SHORT = "too_short"
    NO = "no"


def possible_phone(given: str, *, region: str = REGION) -> Possible:
    """region: where a number without a country code is at home. A number without its area code is too short."""
    try:
        number = phonenumbers.parse(given, region)
    except phonenumbers.NumberParseException:
        return Possible.NO
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE:
            return Possible.YES
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return Possible.TOO_SHORT
        case _:
            return Possible.NO
