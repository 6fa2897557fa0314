"""What became of one try to send."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it. provider_id: its name for the message, "" where it gives none."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never go out as it is. code: stable and short, e.g. "address_refused", "twilio_21610"."""

    code: str


@dataclass(frozen=True, slots=True)
class TryAgain:
    """It surely did not go out, and may later: the provider was busy, or could not be reached at all."""

    code: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """The line broke while it was on its way: it may have gone out. Sending it again could send it twice."""

    code: str


Result = Accepted | Refused | TryAgain | Unclear
