"""The client's address: only what our own proxies have added is believed."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from avhopp.web.client import address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "6.6.6.6", "192.0.2.1", "192.0.2.1"),
        (0, "", "192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.9", "10.0.0.1", "192.0.2.9"),
        (1, "192.0.2.9", "10.0.0.1", "192.0.2.9"),
        (2, "6.6.6.6, 192.0.2.9, 10.0.0.2", "10.0.0.1", "192.0.2.9"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (1, "inte en adress", "10.0.0.1", ""),
        (0, "", "2001:db8::1", "2001:db8::1"),
        (0, "", "", ""),
    ],
)
def test_address(settings, proxies, forwarded, remote, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == expected
