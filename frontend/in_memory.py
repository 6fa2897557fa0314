"""Uploads that never touch the disk: what they show is a patient's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect


def uploads_in_memory(most: int) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Files up to `most` bytes together are kept in memory, larger ones are cut off: the view gets no file then."""

    class InMemory(MemoryFileUploadHandler):
        def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
            self.activated, self.taken = True, 0

        def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
            self.taken += len(raw_data)
            if self.taken > most:
                raise StopUpload(connection_reset=False)
            return super().receive_data_chunk(raw_data, start)

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        guarded = csrf_protect(view)

        # Exempt and then protected: checking the token reads the body, and that must not happen before this choice.
        @csrf_exempt
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.upload_handlers = [InMemory(request)]
            return guarded(request, *args, **kwargs)

        return inner

    return decorate
