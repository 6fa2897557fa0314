"""What a page says, as somebody who listens hears it."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.fixture
def words() -> Callable[[HttpResponse], str]:
    """words(answer) → what the page says, without its tags, with single spaces."""

    def read(answer: HttpResponse) -> str:
        parser = _Words()
        parser.feed(answer.content.decode())
        return " ".join(" ".join(parser.said).split())

    return read
