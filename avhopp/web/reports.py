"""What may leave the process when something goes wrong: where, never what.

Django's error report holds the frames' variables and the request's fields, and with them opened text, also with
DEBUG off (security.md §7). An exception's text may quote a value too.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


class NothingButNames(SafeExceptionReporterFilter):
    """Hides every setting, POST field and variable."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        return {}.items()

    def get_safe_settings(self) -> dict[str, str]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, str]:
        return {}

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, str]:
        return {}


class WithoutVariables(ExceptionReporter):
    """A report of places and types alone, also under DEBUG."""

    def get_traceback_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().get_traceback_data()
        for frame in data.get("frames", []):
            frame["vars"] = []
        data.update(exception_value="", request_GET_items=[], user_str="", exception_notes="")
        return data


class WithoutExceptionText(logging.Filter):
    """Turns a logged exception into its type and its places."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = "".join(traceback.format_tb(trace))
            record.exc_text = f"{places}{kind.__module__}.{kind.__qualname__}"
            record.exc_info = None
        return True
