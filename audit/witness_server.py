"""The witness's HTTP door: two addresses, small bodies, short patience.

It speaks plain HTTP on one address of its own machine; a reverse proxy in front of it speaks TLS. Nobody is signed
in: a checkpoint carries its own signature. Nothing of a request is written to the log but its outcome.
"""

from __future__ import annotations

import logging
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import parse_qs, urlsplit

from audit.witness import TEXT, Answer, Witness

LONGEST_BODY = 65_536
SECONDS_OF_PATIENCE = 10
MOST_AT_ONCE = 32
logger = logging.getLogger(__name__)


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness; a caller beyond the limit waits in the socket's queue."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        self.witness = witness
        self._places = BoundedSemaphore(MOST_AT_ONCE)
        super().__init__(address, _Door)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start a thread for the request when there is a place."""
        if not self._places.acquire(timeout=SECONDS_OF_PATIENCE):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve and give the place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say that a request failed, and nothing of what it held."""
        logger.warning("a request failed", exc_info=not isinstance(request, socket.socket))


class _Door(BaseHTTPRequestHandler):
    server: WitnessServer
    server_version = "witness"
    sys_version = ""
    timeout = SECONDS_OF_PATIENCE

    def do_POST(self) -> None:
        """Take a submission."""
        if self.path != "/add-checkpoint":
            self._answer(Answer(404))
            return
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or "Transfer-Encoding" in self.headers:
            self._answer(Answer(411))
            return
        if int(length) > LONGEST_BODY:
            self._answer(Answer(413))
            return
        raw = self.rfile.read(int(length))
        try:
            body = raw.decode("utf-8")
        except UnicodeDecodeError:
            self._answer(Answer(400))
            return
        answer = self.server.witness.add_checkpoint(body) if len(raw) == int(length) else Answer(400)
        logger.info("add-checkpoint %s", answer.status)
        self._answer(answer)

    def do_GET(self) -> None:
        """Show the latest cosigned checkpoint of a log."""
        address = urlsplit(self.path)
        origin = parse_qs(address.query).get("origin", [""])[0]
        self._answer(
            self.server.witness.latest(origin) if address.path == "/checkpoint" and origin else Answer(404)
        )

    def log_message(self, format: str, *args: Any) -> None:
        """Write no request line: it is the caller's text."""

    def _answer(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type or TEXT)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True
