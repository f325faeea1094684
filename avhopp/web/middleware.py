"""What every request passes: a reference, headers that keep pages out of caches, and a last stop that fails closed."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from audit import log
from audit.events import Kind, declare
from avhopp.accounts.circumstances import actor_of
from avhopp.sealed.scope import Denied, RootKeyRefused
from avhopp.translation import gettext_noop
from avhopp.web import errors

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

KEY_REFUSED = declare(
    "key.refused", Kind.REFUSAL, gettext_noop("nekades en nyckel som sidan inte hade bett om lov för")
)


class RequestReference:
    """Gives each request a random reference, which the record keeps and the error pages' header shows."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Reference"] = request.reference  # type: ignore[attr-defined]
        return response


class SafeHeaders:
    """Nothing is kept by the browser or a proxy but static files; no page learns of sensors it does not need."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)"
        )
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class FailClosed:
    """The last stop: a record that cannot be written is 503, and so is a root key out of reach; a key that was refused
    is 404. None of them shows anything."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, log.NotRecorded | DatabaseError | RootKeyRefused):
            logger.error("record, database or root key unavailable", exc_info=exception)
            return errors.page(503, headers={"Retry-After": "30"})
        if isinstance(exception, Denied):
            logger.error("a page opened what its gate had not admitted", exc_info=exception)
            return self._denied(request)
        return None

    @staticmethod
    def _denied(request: HttpRequest) -> HttpResponse:
        # The page's own transaction is gone; the refusal is recorded in one of its own, or the answer is 503.
        try:
            with transaction.atomic():
                log.record(event=KEY_REFUSED, actor=actor_of(request), at=timezone.now(), basis="none")
        except (log.NotRecorded, DatabaseError):
            return errors.page(503, headers={"Retry-After": "30"})
        return errors.page(404)
