"""The upload, read from where it is stored, piece by piece: nothing of it lies on a disk outside of the database."""

import io
from uuid import UUID

from loyalty.models import ImportPiece

PIECE = 256 * 1024


class StoredFile(io.RawIOBase):
    """A file of `size` bytes whose pieces stand in ImportPiece. Holds one piece in memory. Runs inside the practice."""

    def __init__(self, import_id: UUID, *, size: int) -> None:
        super().__init__()
        self._import_id = import_id
        self._size = size
        self._at = 0
        self._number = -1
        self._piece = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        if number != self._number:
            self._piece = bytes(
                ImportPiece.objects.values_list("content", flat=True).get(of=self._import_id, number=number)
            )
            self._number = number
        part = self._piece[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


def open_stored(import_id: UUID, *, size: int) -> io.BufferedReader:
    return io.BufferedReader(StoredFile(import_id, size=size), PIECE)
