"""The root key in a key service with Vault's transit API (HashiCorp Vault, OpenBao): used there, never taken out.

Every epoch has a key of its own in the service, named `avhopp-<organisation>-<epoch>`, which is destroyed there. What
is wrapped is bound to its place as associated data, which AES-GCM authenticates. The service's address must be HTTPS,
or this machine's own agent; no redirect is followed and no proxy asked, since each request carries a token. The token
is read from its file at each request, so that an agent may renew it. Source: the transit secrets engine's API as both
products document it (encrypt, decrypt, keys, keys/config; `associated_data`).
"""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from ..envelope import CannotOpen
from ..keys import epoch_context, index_root_context
from ..secret import require_key
from . import EpochRootGone, RootKeyRefused

SECONDS_OF_PATIENCE = 5
_LONGEST_ANSWER = 65_536
_HERE = {"localhost", "127.0.0.1", "::1"}
_LASTING = "root"


class TransitRootKey:
    """Root keys in one mount of a key service. Implements RootKeyProvider."""

    __slots__ = ("_base", "_namespace", "_opener", "_token_file", "_url")

    def __init__(
        self, url: str, token_file: Path, mount: str = "transit", ca: str = "", namespace: str = ""
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
            raise RootKeyRefused(
                "TRANSIT_URL must begin with https://, or name an agent on this machine: requests to it carry a token."
            )
        self._url, self._token_file, self._namespace = url, token_file, namespace
        self._base = f"{url.rstrip('/')}/v1/{quote(mount.strip('/'))}"
        # A proxy would read the token, and so would whoever a redirect leads to.
        handlers = [
            urllib.request.ProxyHandler({}),
            _NoRedirect(),
            urllib.request.HTTPSHandler(context=_context(ca)),
        ]
        self._opener = urllib.request.build_opener(*handlers)

    def wrap_epoch(self, raw: bytes, *, org: UUID, epoch: int) -> bytes:
        """Wrap an organisation's epoch key under the epoch's own root key, which is made if it is not there."""
        return self._wrap(_name(org, str(epoch)), raw, epoch_context(org=org, epoch=epoch))

    def unwrap_epoch(self, wrapped: bytes, *, org: UUID, epoch: int) -> bytes:
        """Unwrap an epoch key, or raise CannotOpen."""
        return self._unwrap(_name(org, str(epoch)), wrapped, epoch_context(org=org, epoch=epoch))

    def destroy_epoch(self, *, org: UUID, epoch: int) -> None:
        """Destroy the epoch's own root key in the service; nothing happens if it is not there."""
        name = _name(org, str(epoch))
        if not self._is_there(name):
            return
        self._ask("POST", f"keys/{name}/config", {"deletion_allowed": True})
        self._ask("DELETE", f"keys/{name}")
        if self._is_there(name):
            raise self._refused("it still has a key that it was told to destroy")

    def wrap_index_root(self, raw: bytes, *, org: UUID, version: int) -> bytes:
        """Wrap an organisation's root of blind indexes."""
        return self._wrap(_name(org, _LASTING), raw, index_root_context(org=org, version=version))

    def unwrap_index_root(self, wrapped: bytes, *, org: UUID, version: int) -> bytes:
        """Unwrap an index root, or raise CannotOpen."""
        return self._unwrap(_name(org, _LASTING), wrapped, index_root_context(org=org, version=version))

    def _wrap(self, name: str, raw: bytes, context: bytes) -> bytes:
        require_key(raw)
        if not self._is_there(name):
            self._ask("POST", f"keys/{name}", {"type": "aes256-gcm96", "exportable": False})
        told = self._ask(
            "POST", f"encrypt/{name}", {"plaintext": _text(raw), "associated_data": _text(context)}
        )
        try:
            return bytes(told["data"]["ciphertext"], "ascii")
        except (KeyError, TypeError, ValueError):
            raise self._refused("its answer is not that of a transit engine") from None

    def _unwrap(self, name: str, wrapped: bytes, context: bytes) -> bytes:
        try:
            sent = {"ciphertext": wrapped.decode("ascii"), "associated_data": _text(context)}
        except UnicodeDecodeError:
            # Another provider's bytes.
            raise CannotOpen() from None
        try:
            told = self._ask("POST", f"decrypt/{name}", sent)
        except _NotAccepted:
            # The service says the same of a wrong ciphertext and of a key that it has not.
            raise CannotOpen() if self._is_there(name) else EpochRootGone() from None
        try:
            raw = b64decode(told["data"]["plaintext"], validate=True)
            require_key(raw)
        except (KeyError, TypeError, ValueError):
            raise self._refused("its answer is not that of a transit engine") from None
        return raw

    def _is_there(self, name: str) -> bool:
        try:
            self._ask("GET", f"keys/{name}")
        except _NotThere:
            return False
        return True

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {
            "X-Vault-Token": self._token(),
            "X-Vault-Request": "true",
            "Content-Type": "application/json",
        }
        if self._namespace:
            headers["X-Vault-Namespace"] = self._namespace
        data = json.dumps(body).encode() if body is not None else None
        url = f"{self._base}/{path}"
        # The scheme was checked when the provider was made.
        request = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=SECONDS_OF_PATIENCE) as answer:
                content = answer.read(_LONGEST_ANSWER)
                return json.loads(content) if content else {}
        except urllib.error.HTTPError as error:
            # What the service says may quote what it was sent, and is repeated nowhere.
            with error:
                raise self._answered(error.code) from None
        except (OSError, ValueError) as error:
            raise self._refused(f"it does not answer ({type(error).__name__})") from None

    def _answered(self, status: int) -> Exception:
        if status == HTTPStatus.NOT_FOUND:
            return _NotThere(f"the key service has no such key at {self._url}")
        if status == HTTPStatus.BAD_REQUEST:
            return _NotAccepted(f"the key service at {self._url} does not accept the request")
        if status == HTTPStatus.FORBIDDEN:
            return self._refused("the token is not accepted, or its policy lacks the operation")
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            return self._refused("it is sealed or in maintenance")
        return self._refused(f"it answers {status}")

    def _token(self) -> str:
        try:
            token = self._token_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            token = ""
        if not token or not token.isprintable():
            raise RootKeyRefused(
                f"There is no token for the key service in {self._token_file}. Let its agent write one there, "
                "readable by the program's user alone."
            )
        return token

    def _refused(self, why: str) -> RootKeyRefused:
        return RootKeyRefused(
            f"The key service at {self._url} refuses: {why}. Check that it is running and unsealed, that the mount "
            "is a transit engine, and that the token's policy is that of docs/operations.md."
        )


class _NotThere(RootKeyRefused):
    pass


class _NotAccepted(RootKeyRefused):
    pass


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _context(ca: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca or None)
    except OSError as error:
        raise RootKeyRefused(
            f"TRANSIT_CA names {ca}, which cannot be read as certificates ({error.strerror}). "
            "Name the file with the certificate of whoever signed the key service's."
        ) from None


def _name(org: UUID, what: str) -> str:
    return f"avhopp-{org}-{what}"


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
