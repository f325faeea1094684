"""A key service that answers the requests of Vault's transit API which the provider makes, as its documentation says.

It is no Vault: it keeps keys in memory and knows one token. Status codes and shapes are those of the documentation:
204 for what is made, 400 for a ciphertext that does not open and for an unknown key, 403 without the token, 404 for a
key that is not there, 503 while sealed.
"""

from __future__ import annotations

import json
import os
import re
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "hvs.stand-in-token"


class Service:
    """What the service holds, and what went wrong with it lately."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {}
        self.is_sealed = False
        self.moved_to = ""
        self.asked: list[tuple[str, str]] = []
        self.url = ""

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        found = re.fullmatch(r"/v1/transit/(keys|encrypt|decrypt)/([\w.-]+?)(/config)?", path)
        if found is None:
            return 404, {"errors": []}
        verb, name, config = found.groups()
        if verb == "keys":
            return self._keys(method, name, body, is_config=bool(config))
        key = self.keys.get(name)
        if key is None:
            return 400, {"errors": ["encryption key not found"]}
        return (self._encrypt if verb == "encrypt" else self._decrypt)(key, body)

    def _keys(
        self, method: str, name: str, body: dict[str, Any], *, is_config: bool
    ) -> tuple[int, dict[str, Any]]:
        key = self.keys.get(name)
        if is_config:
            if key is None:
                return 400, {"errors": [f"no existing key named {name} could be found"]}
            key.update(body)
            return 200, {"data": {}}
        if method == "POST":
            made = {"raw": AESGCM.generate_key(256), "deletion_allowed": False, **body}
            self.keys.setdefault(name, made)
            return 200, {"data": {"name": name}}
        if key is None:
            return (404, {"errors": []}) if method == "GET" else (400, {"errors": ["could not delete key"]})
        if method == "DELETE":
            if not key["deletion_allowed"]:
                return 400, {"errors": ["deletion is not allowed for this key"]}
            del self.keys[name]
            return 204, {}
        return 200, {"data": {"name": name, "type": key["type"], "exportable": key["exportable"]}}

    @staticmethod
    def _encrypt(key: dict[str, Any], body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        nonce, aad = os.urandom(12), b64decode(body.get("associated_data", ""))
        sealed = nonce + AESGCM(key["raw"]).encrypt(nonce, b64decode(body["plaintext"]), aad)
        return 200, {"data": {"ciphertext": f"vault:v1:{b64encode(sealed).decode()}", "key_version": 1}}

    @staticmethod
    def _decrypt(key: dict[str, Any], body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        prefix, _, text = body["ciphertext"].rpartition(":")
        if prefix != "vault:v1":
            return 400, {"errors": ["invalid ciphertext: no prefix"]}
        sealed, aad = b64decode(text), b64decode(body.get("associated_data", ""))
        try:
            opened = AESGCM(key["raw"]).decrypt(sealed[:12], sealed[12:], aad)
        except InvalidTag:
            return 400, {"errors": ["cipher: message authentication failed"]}
        return 200, {"data": {"plaintext": b64encode(opened).decode()}}


@contextmanager
def serving() -> Iterator[Service]:
    """Run the service on a free port of this machine."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            service.asked.append((self.command, self.path))
            if service.moved_to:
                self.send_response(307)
                self.send_header("Location", service.moved_to)
                self.end_headers()
                return
            if service.is_sealed:
                status, told = 503, {"errors": ["Vault is sealed"]}
            elif self.headers.get("X-Vault-Token") != TOKEN:
                status, told = 403, {"errors": ["permission denied"]}
            else:
                status, told = service.answer(self.command, self.path, body)
            content = b"" if status == 204 else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _any

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
