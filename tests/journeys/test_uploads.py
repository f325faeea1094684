"""A document lies nowhere in clear while it is uploaded, and an upload that is cut off leaves nothing."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.urls import reverse

from cases.models import Document
from tests.signed_in import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CANARY = b"Kanariefagel-i-handlingen "
CONTENT = b"%PDF-1.7\n" + CANARY * 500_000
BOUNDARY = "gransen-mellan-delarna"


class Upload:
    """One upload over a line of its own, sent as far as the test says."""

    def __init__(self, server, user, case) -> None:
        self.address = reverse("cases:case_document_new", args=[case])
        self.cookie = (
            f"{settings.SESSION_COOKIE_NAME}={signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value}"
        )
        self.body = self._body(server)
        self.line = socket.create_connection(("localhost", urlsplit(server.url).port), timeout=60)
        head = (
            f"POST {self.address} HTTP/1.1\r\nHost: localhost\r\nCookie: {self.cookie}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(self.body)}\r\n\r\n"
        )
        self.line.sendall(head.encode())

    def _body(self, server) -> bytes:
        with urlopen(Request(server.url + self.address, headers={"Cookie": self.cookie})) as answer:
            page = answer.read().decode()
            self.cookie += "; " + answer.headers["Set-Cookie"].split(";")[0]
        fields = {
            "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1],
            "key": re.search(r'name="key" value="([^"]+)"', page)[1],
            "title": "Intyg",
            "direction": "own",
            "dated_on": time.strftime("%Y-%m-%d"),
        }
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        disposition = 'Content-Disposition: form-data; name="file"; filename="intyg.pdf"'
        file = f"--{BOUNDARY}\r\n{disposition}\r\nContent-Type: application/pdf\r\n\r\n".encode()
        return b"".join(parts) + file + CONTENT + f"\r\n--{BOUNDARY}--\r\n".encode()

    def send(self, start: float, end: float) -> None:
        """Send a part of the body, from one share of it to another."""
        size = len(self.body)
        self.line.sendall(self.body[int(size * start) : int(size * end)])

    def answer(self) -> bytes:
        return b"".join(iter(lambda: self.line.recv(65536), b""))


@pytest.fixture
def upload(cast, case, server) -> Iterator[Upload]:
    begun = Upload(server, cast.worker, case)
    yield begun
    begun.line.close()


def held_open(server) -> Iterator[tuple[str, bytes]]:
    """The files that the server's processes have open and that no folder shows."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or _group(process) != server.process.pid:
            continue
        # A process may close a file, or end, while one looks.
        with suppress(FileNotFoundError, ProcessLookupError):
            descriptors = list((process / "fd").iterdir())
            yield from filter(None, map(_without_a_name, descriptors))


def _without_a_name(descriptor: Path) -> tuple[str, bytes] | None:
    with suppress(FileNotFoundError):
        place = os.readlink(descriptor)
        return (place, descriptor.read_bytes()) if place.endswith("(deleted)") else None
    return None


def _group(process: Path) -> int:
    try:
        return os.getpgid(int(process.name))
    except ProcessLookupError:
        return 0


def on_disk(server) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in server.directory.rglob("*") if path.is_file()}


def waiting(server) -> bool:
    """Tell whether most of what was sent waits somewhere, in whatever form; until then a search proves nothing."""
    sizes = [len(content) for _, content in held_open(server)] + list(map(len, on_disk(server).values()))
    return max(sizes) > len(CONTENT) / 2


def until(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_nothing_lies_in_clear_while_a_document_is_uploaded(upload, server):
    upload.send(0, 0.7)
    until(lambda: waiting(server))
    assert [place for place, content in held_open(server) if CANARY in content] == []
    assert [place for place, content in on_disk(server).items() if CANARY in content] == []
    upload.send(0.7, 1)
    assert b" 302 " in upload.answer().splitlines()[0]
    (stored,) = (server.directory / "documents").rglob("??????????*")
    assert stored.stat().st_size > len(CONTENT)
    assert [place for place, content in on_disk(server).items() if CANARY in content] == []


@pytest.mark.parametrize("how", ["line", "server"])
def test_upload_that_is_cut_off_leaves_no_document_and_no_file(upload, server, how):
    upload.send(0, 0.7)
    until(lambda: waiting(server))
    if how == "line":
        upload.line.close()
        until(lambda: not waiting(server))
    else:
        server.kill()
    assert not Document.objects.exists()
    assert list((server.directory / "documents").rglob("*")) == []
    assert [path for path in (server.directory / "temporary").rglob("*") if path.is_file()] == []
