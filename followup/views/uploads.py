"""How a file is brought to the follow-up: held in memory while it is read, never on a disk, and forgotten."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from followup.forms import MOST_BYTES


class InMemory(FileUploadHandler):
    """Keeps a small file; of a large one only its size, so that the form can say so."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._held = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold the chunk while the file is small."""
        if start + len(raw_data) <= MOST_BYTES:
            self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Give what was held."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )


def held_in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page take a file. The token stands in the body, so it is checked when the handler is in place.

    The page itself must be `csrf_exempt`, or Django reads the body first.
    """

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        checked: HttpResponse = csrf_protect(view)(request, *args, **kwargs)
        return checked

    return reading
