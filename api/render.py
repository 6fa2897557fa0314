"""JSON, written by orjson."""

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


def rendered(data: Any) -> bytes:
    """UTF-8; times in RFC 3339 with a Z."""
    return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC)


class JsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, context: Any = None) -> bytes:
        return b"" if data is None else rendered(data)
