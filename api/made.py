"""What was made: where it is, and its first version."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.precondition import etag_of


def made(request: Request, row: dict[str, Any], *, at: str = "") -> Response:
    """201. at: the address of its kind, where that is not the one that was asked."""
    where = request.build_absolute_uri(f"{at or request.path}{row['id']}/")
    return Response(row, status=201, headers={"Location": where, "ETag": etag_of(row)})
