"""What a provider's answer, or its silence, says about whether a message went out."""

import requests

from core.messages.result import Refused, Result, TryAgain, Unclear

# Busy, or closed for the moment: said before anything was taken on. Wrong keys: nothing was, and they can be mended.
_NOTHING_WENT_OUT = {401, 403, 429, 503}
_SERVERS_FAULT = 500


def of_status(status: int, code: str) -> Result:
    """From an HTTP status that is no success. Other faults of the server leave it open what it did before."""
    if status in _NOTHING_WENT_OUT:
        return TryAgain(code)
    return Unclear(code) if status >= _SERVERS_FAULT else Refused(code)


def of_silence(error: BaseException) -> Result:
    """From a line that broke, or never stood."""
    never_stood = isinstance(error, requests.ConnectTimeout) or _could_not_connect(error)
    return TryAgain("unreachable") if never_stood else Unclear("no_answer")


def _could_not_connect(error: BaseException) -> bool:
    """urllib3 wraps what happened: the failure to connect stands somewhere among the reasons."""
    if type(error).__name__ == "NewConnectionError":
        return True
    reasons = [error.__cause__, getattr(error, "reason", None), *error.args]
    return any(_could_not_connect(one) for one in reasons if isinstance(one, BaseException))
