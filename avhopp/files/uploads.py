"""How files arrive in a request: not at all, unless a page has put a `SealingHandler` in place before the body is read.

Django's own handlers write what is sent to a temporary file in clear, for any address and whoever sends it. Ours never
do. A file that may not come in is read to its end and forgotten, so that the form can say why with everything else that
was typed still in it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from avhopp.files.sealing import NotWelcome, Reason, Sealed, Sealing


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file of a form: sealed and whole, or the reason why it was not taken."""

    def __init__(self, *, name: str, size: int, content: Sealed | Reason) -> None:
        super().__init__(
            file=content.ciphertext if isinstance(content, Sealed) else None, name=name, size=size
        )
        self.content = content


class NoFiles(FileUploadHandler):
    """Takes no file. The default of every page."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is received, since `new_file` has said no."""

    def file_complete(self, file_size: int) -> None:
        """Nothing is complete."""


class SealingHandler(FileUploadHandler):
    """Seals the one file of the form's field `name` under `scope`, up to `limit` bytes."""

    def __init__(self, request: HttpRequest, *, scope: UUID, name: str, limit: int) -> None:
        super().__init__(request)
        self._scope = scope
        self._name = name
        self._limit = limit
        self._sealing: Sealing | None = None
        self._reason: Reason | None = None

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        if field_name != self._name or self._sealing is not None:
            raise SkipFile
        super().new_file(field_name, *args, **kwargs)
        self._sealing = Sealing(scope=self._scope, limit=self._limit)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self._sealing is not None
        if self._reason is None:
            try:
                self._sealing.add(raw_data)
            except NotWelcome as refusal:
                self._reason = refusal.reason

    def file_complete(self, file_size: int) -> SealedUpload | None:
        if self._sealing is None:
            return None
        content: Sealed | Reason
        try:
            content = self._reason or self._sealing.end()
        except NotWelcome as refusal:
            content = refusal.reason
        return SealedUpload(name=self.file_name or "", size=file_size, content=content)

    def upload_interrupted(self) -> None:
        if self._sealing is not None:
            self._sealing.drop()
