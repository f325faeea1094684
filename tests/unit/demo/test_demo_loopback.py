"""The demo answers this machine and no other."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from avhopp.demo.middleware import OnlyThisMachine


@pytest.mark.parametrize(
    "address", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "", "localhost"]
)
def test_another_machine_is_refused(rf, address):
    assert answer(rf, address) == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_this_machine_is_answered(rf, address):
    assert answer(rf, address) == 200


def answer(rf, address):
    return OnlyThisMachine(lambda request: HttpResponse())(rf.get("/", REMOTE_ADDR=address)).status_code
