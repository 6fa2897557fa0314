"""What Stripe answers instead of an object."""


class Refused(Exception):
    """status: of HTTP. kind: Stripe's "type". code, param: as Stripe gives them; "" for none."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", code: str = "", param: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, "code": code or None, "param": param or None}}


def missing(what: str, id: str) -> Refused:
    return Refused(404, f"No such {what}: '{id}'", code="resource_missing", param="id")
