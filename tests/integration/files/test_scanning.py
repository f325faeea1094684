"""What the antivirus says of a file, from a daemon that speaks clamd's protocol."""

from __future__ import annotations

import socketserver
import struct
import threading
from contextlib import contextmanager

import pytest

from avhopp.files import sealing
from avhopp.files.scan import Infected, ScannerUnavailable, scan
from tests.universe.documents import PDF

pytestmark = pytest.mark.django_db
HARMFUL = b"%PDF-1.7\n" + b"HARMFUL-TEST-STRING" * 5000


class Daemon(socketserver.BaseRequestHandler):
    """Answers INSTREAM as clamd does: FOUND where it finds its one signature."""

    def handle(self):
        file = self.request.makefile("rb")
        assert file.readline() == b"nINSTREAM\n"
        seen = b""
        while length := struct.unpack("!L", file.read(4))[0]:
            seen += file.read(length)
        self.server.seen.append(seen)
        answer = "HARMFUL-TEST-STRING" in seen.decode("latin-1")
        self.request.sendall(
            self.server.answer or (b"stream: Prov.Test FOUND\n" if answer else b"stream: OK\n")
        )


@contextmanager
def daemon(settings, *, answer: bytes = b""):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server:
        server.seen, server.answer = [], answer
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def file_of(cast, opened):
    made = []

    def sealed(content: bytes):
        with opened(cast.worker) as (found, _actor):
            made.append(sealing.seal([content], scope=found.case.pk, limit=10_000_000))
        return made[-1]

    yield sealed
    for file in made:
        file.ciphertext.close()


def test_clean_file_is_seen_whole_and_passes(settings, file_of):
    content = PDF * 100
    with daemon(settings) as server:
        assert scan(file_of(content)) is True
    assert server.seen == [content]


def test_harmful_file_is_found(settings, file_of):
    with daemon(settings), pytest.raises(Infected):
        scan(file_of(HARMFUL))


def test_without_a_daemon_nothing_is_said_to_be_clean(settings, file_of):
    settings.CLAMD = ""
    assert scan(file_of(HARMFUL)) is False


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\n", b"stream: cannot read ERROR\n", b"\n"]
)
def test_daemon_that_cannot_tell_lets_nothing_pass(settings, file_of, answer):
    with daemon(settings, answer=answer), pytest.raises(ScannerUnavailable):
        scan(file_of(PDF))


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nonexistent/clamd.ctl"])
def test_daemon_that_does_not_answer_lets_nothing_pass(settings, file_of, address):
    settings.CLAMD = address
    with pytest.raises(ScannerUnavailable):
        scan(file_of(PDF))
