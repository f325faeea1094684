"""The error pages: Swedish, with a next step, and the same bytes whatever the cause is.

They are rendered without the request's user, session or message, so that a page for something forbidden cannot
differ from a page for something missing. The reference stands in a header, not in the page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def page(status: int, *, headers: dict[str, str] | None = None) -> HttpResponse:
    """Render the page of one status."""
    return HttpResponse(
        render_to_string(f"errors/{status}.html", {"bare": True}), status=status, headers=headers
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    return page(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, which only says that the role does not reach the page"""
    return page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, for what is missing and for what is not yours"""
    return page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500"""
    return page(500)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """403 when the form is older than the session"""
    return page(403)
