"""The root key in a hardware module behind PKCS#11: it is made there, used there and cannot be taken out.

Every epoch has a key of its own in the module, which is destroyed there. A process that was forked opens a session of
its own, as the standard demands (PKCS#11 v2.40 §5.5); a session that broke is opened anew, once.
"""

from __future__ import annotations

import os
from threading import RLock
from typing import Any
from uuid import UUID

import pkcs11
from cryptography.exceptions import InvalidTag
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass

from ..keys import epoch_context, index_root_context, open_key, seal_key
from ..secret import SecretHolder
from . import EpochRootGone, RootKeyRefused

_LASTING = "avhopp root"
_HELD_FAST: dict[Any, Any] = {
    Attribute.SENSITIVE: True,
    Attribute.EXTRACTABLE: False,
    Attribute.PRIVATE: True,
}


class HardwareRootKey(SecretHolder):
    """Root keys in one token. Implements RootKeyProvider."""

    __slots__ = ("_lock", "_module", "_pin", "_process", "_session", "_token")

    def __init__(self, module: str, token: str, pin: str) -> None:
        self._module, self._token, self._pin = module, token, pin
        self._lock = RLock()
        self._session: Any = None
        self._process = 0

    def wrap_epoch(self, raw: bytes, *, org: UUID, epoch: int) -> bytes:
        """Wrap an organisation's epoch key under the epoch's own root key, which is made if it is not there."""
        cipher = self._cipher(_label(org, epoch), make=True)
        return seal_key(cipher, raw, context=epoch_context(org=org, epoch=epoch))

    def unwrap_epoch(self, wrapped: bytes, *, org: UUID, epoch: int) -> bytes:
        """Unwrap an epoch key, or raise CannotOpen."""
        cipher = self._cipher(_label(org, epoch), make=False)
        return open_key(cipher, wrapped, context=epoch_context(org=org, epoch=epoch))

    def destroy_epoch(self, *, org: UUID, epoch: int) -> None:
        """Destroy the epoch's own root key in the module; nothing happens if it is not there."""
        with self._lock:
            for key in self._found(_label(org, epoch)):
                key.destroy()

    def wrap_index_root(self, raw: bytes, *, org: UUID, version: int) -> bytes:
        """Wrap an organisation's root of blind indexes."""
        cipher = self._cipher(_LASTING, make=True)
        return seal_key(cipher, raw, context=index_root_context(org=org, version=version))

    def unwrap_index_root(self, wrapped: bytes, *, org: UUID, version: int) -> bytes:
        """Unwrap an index root, or raise CannotOpen."""
        cipher = self._cipher(_LASTING, make=False)
        return open_key(cipher, wrapped, context=index_root_context(org=org, version=version))

    def _cipher(self, label: str, *, make: bool) -> _InModule:
        with self._lock:
            found = self._found(label)
            if not found and not make:
                raise EpochRootGone
            key = found[0] if found else self._made(label)
            return _InModule(key, self._lock)

    def _made(self, label: str) -> Any:
        return self._open().generate_key(KeyType.AES, 256, label=label, store=True, template=_HELD_FAST)

    def _found(self, label: str) -> list[Any]:
        wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: label}
        try:
            return list(self._open().get_objects(wanted))
        except pkcs11.PKCS11Error:
            self._session = None
        try:
            return list(self._open().get_objects(wanted))
        except pkcs11.PKCS11Error as error:
            raise self._refused(error) from None

    def _open(self) -> Any:
        if self._session is None or self._process != os.getpid():
            try:
                library = pkcs11.lib(self._module)
                if self._process and self._process != os.getpid():
                    library.reinitialize()
                self._session = _signed_in(library.get_token(token_label=self._token), self._pin)
            except (pkcs11.PKCS11Error, RuntimeError) as error:
                raise self._refused(error) from None
            self._process = os.getpid()
        return self._session

    def _refused(self, error: Exception) -> RootKeyRefused:
        return RootKeyRefused(
            f"The hardware module refuses ({type(error).__name__}). Check that {self._module} is the module's "
            f"library, that it has a token named {self._token}, and that the PIN is right."
        )


def _signed_in(token: Any, pin: str) -> Any:
    try:
        return token.open(rw=True, user_pin=pin)
    except pkcs11.UserAlreadyLoggedIn:
        # The module signs a whole process in, once; this one has proved the PIN before.
        return token.open(rw=True)


class _InModule:
    """AES-256-GCM with a key that stays in the module."""

    def __init__(self, key: Any, lock: Any) -> None:
        self._key, self._lock = key, lock

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        with self._lock:
            how = GCMParams(nonce, associated_data, 128)
            return bytes(self._key.encrypt(data, mechanism=Mechanism.AES_GCM, mechanism_param=how))

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        with self._lock:
            how = GCMParams(nonce, associated_data, 128)
            try:
                return bytes(self._key.decrypt(data, mechanism=Mechanism.AES_GCM, mechanism_param=how))
            except pkcs11.PKCS11Error:
                raise InvalidTag from None


def _label(org: UUID, epoch: int) -> str:
    return f"avhopp {org} {epoch}"
