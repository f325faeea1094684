"""A server that is killed in the middle of its work has shown nothing that the record does not tell of."""

from __future__ import annotations

import http.client
import json
import threading
import time
from random import Random
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from audit.models import Leaf
from tests.signed_in import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.slow]
READERS = 6


def read_until_cut(server, cookie: str, path: str, shown: list[str]) -> None:
    """Open the case over and over; keep the reference of every answer that had the case in it."""
    while True:
        try:
            connection = http.client.HTTPConnection("localhost", urlsplit(server.url).port, timeout=10)
            connection.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
            response = connection.getresponse()
            reference, body = response.headers["X-Reference"], response.read()
        except (OSError, http.client.HTTPException):
            return
        if b"Provsson" in body:
            shown.append(reference)


@pytest.mark.parametrize("seed", range(4))
def test_killed_server_has_shown_nothing_unrecorded(cast, case, server, seed):
    shown: list[str] = []
    cookies = [signed_in(cast.worker).cookies[settings.SESSION_COOKIE_NAME].value for _ in range(READERS)]
    readers = [
        threading.Thread(target=read_until_cut, args=(server, cookie, f"/arenden/{case}/", shown))
        for cookie in cookies
    ]
    for reader in readers:
        reader.start()
    deadline = time.monotonic() + 30
    while not shown and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1 + Random(seed).random())
    server.kill()
    for reader in readers:
        reader.join(timeout=20)
    recorded = {
        json.loads(bytes(body))["request"]
        for body in Leaf.objects.filter(event="case.viewed").values_list("body", flat=True)
    }
    assert len(shown) > 0
    assert set(shown) - recorded == set()
