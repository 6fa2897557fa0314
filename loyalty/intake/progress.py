from typing import Protocol


class Progress(Protocol):
    """Is told how far an import has come."""

    def reading(self, size: int) -> None:
        """Reading begins; `size` bytes lie on disk."""

    def loading(self, rows: int) -> None:
        """Writing begins; there are `rows` patients and visits."""

    def advance(self, step: int) -> None:
        """So many bytes or rows more are done."""


class Unwatched:
    """Nobody looks on."""

    def reading(self, size: int) -> None:
        pass

    def loading(self, rows: int) -> None:
        pass

    def advance(self, step: int) -> None:
        pass
