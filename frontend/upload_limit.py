"""No upload is read further than the largest file that any page takes."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from loyalty.intake.upload import MOST

# The rest of the form around the file.
_AROUND = 64 * 1024


class LimitedUpload(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: what says that it is larger is thrown away as it comes, and no file arrives."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self._length = content_length

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        if self._length > MOST + _AROUND:
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
