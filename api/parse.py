"""JSON, read by orjson: no numbers that are none, no halves of characters, no depth that nobody needs."""

from typing import Any

import orjson
from rest_framework.parsers import BaseParser

from api.problem import NotJson


class JsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Raises NotJson."""
        try:
            return orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            raise NotJson(f"It cannot be read on at line {error.lineno}, column {error.colno}.") from error
