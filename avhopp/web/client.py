"""The address of the client, as far as it can be trusted.

A client may write any X-Forwarded-For it likes; only the entries that our own proxies have added count
(security.md §7: the stock middlewares believe the first).
"""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Give the client's address, or an empty text when the server does not know it."""
    hops = [request.META.get("REMOTE_ADDR", "")]
    if settings.TRUSTED_PROXIES:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        hops = [*[part for part in forwarded if part], *hops]
        hops = hops[-(settings.TRUSTED_PROXIES + 1) :]
    try:
        return str(ip_address(hops[0]))
    except ValueError:
        return ""
