"""The only way to plaintext.

A `CryptoScope` says who opens what, when and for which purpose. The first time a key is needed, the gate registered
for that kind of scope decides and writes the record, once; without a scope, or without the gate's leave, there is no
plaintext. A forgotten filter elsewhere therefore yields an error and a recorded refusal, not a leak. The database is
told for whom the scope is, and gives no rows of anybody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from audit.events import Actor
from avhopp.crypto.envelope import KEY_ID_AT, CannotOpen
from avhopp.crypto.providers import (
    RootKeyRefused as RootKeyRefused,  # those who ask for a scope answer for it
)
from avhopp.crypto.seal import DataKey, Opener, row_place
from avhopp.database import rows
from avhopp.database.rows import Told
from avhopp.sealed import keyring
from avhopp.sealed.keyring import (
    KeyDestroyed as KeyDestroyed,  # whoever opens answers as if nothing were there
)
from avhopp.sealed.models import EpochKey


class Denied(Exception):
    """Nobody opened a scope, or the gate said no; ask the gate (`cases.access`) before touching sealed fields."""


Gate = Callable[["CryptoScope", UUID], None]
# Row, scope and, in a history table, the version.
Binding = tuple[UUID, UUID, UUID | None]
_gates: dict[str, Gate] = {}
_current: ContextVar[CryptoScope | None] = ContextVar("crypto_scope", default=None)


def register_gate(kind: str, gate: Gate) -> None:
    """Name who decides about scopes of `kind`; it must admit the scope and write the record, or raise `Denied`."""
    _gates[kind] = gate


class CryptoScope:
    """One person's leave to open sealed fields for one purpose; ends with the `with` block."""

    def __init__(self, *, actor: Actor, purpose: str, at: datetime) -> None:
        self.actor = actor
        self.purpose = purpose
        self.at = at
        self._admitted: dict[UUID, str] = {}
        self._keys: dict[UUID, list[DataKey]] = {}
        # What opened the last value: the others of its row follow.
        self._last: tuple[Binding, bytes, Opener] | None = None
        self._epoch: EpochKey | None = None
        self._token: Token[CryptoScope | None] | None = None
        self._made: tuple[UUID, ...] = ()

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        rows.tell(self.told)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._token is not None
        _current.reset(self._token)
        outer = _current.get()
        rows.tell(outer.told if outer else Told())
        self._admitted.clear()
        self._keys.clear()
        self._last = None

    @property
    def told(self) -> Told:
        """What the database knows of the scope."""
        return Told(person=self.actor.user, job=self.actor.job, moment=self.at, made=self._made)

    def admit(self, scopes: Iterable[UUID], *, basis: str) -> None:
        """Note that the gate has let the actor in and that the record says so. Only gates call this."""
        wanted = list(scopes)
        for scope in wanted:
            self._admitted.setdefault(scope, basis)
        missing = [scope for scope in wanted if scope not in self._keys]
        if missing:
            self._keys.update(keyring.load(missing))

    def keys_for_the_record(self, scopes: Iterable[UUID]) -> dict[UUID, list[DataKey]]:
        """Fetch the keys that a leaf's tokens are sealed under, once; it admits nobody. Only the record calls this."""
        wanted = set(scopes)
        missing = wanted - self._keys.keys()
        if missing:
            self._keys.update(keyring.load(missing))
        return {scope: self._keys[scope] for scope in wanted if scope in self._keys}

    def basis_of(self, scope: UUID) -> str | None:
        """On which ground the scope was opened, if it was."""
        return self._admitted.get(scope)

    def mint(self, scope: UUID, *, kind: str) -> None:
        """Make the key of something that does not exist yet; its maker may fill it."""
        epoch = self._epoch or keyring.epoch_at(self.at)
        if epoch.created_at < self.at:
            # One that was there before us stays, also when what we do is taken back.
            self._epoch = epoch
        self._last = None
        self._keys[scope] = [keyring.mint(scope=scope, kind=kind, at=self.at, epoch=epoch)]
        self._admitted[scope] = "created"
        # A case is made together with its person; more at a time are never filled.
        self._made = (*self._made[-1:], scope)
        rows.tell(self.told)

    def sealing_key(self, scope: UUID) -> DataKey:
        """The active key of `scope`."""
        return self._opened(scope)[0]

    def opening_key(self, scope: UUID, key_id: bytes) -> DataKey:
        """The key of `scope` with that id of 16 bytes; a value sealed under another scope's cannot be opened here."""
        for key in self._opened(scope):
            if key.key_id.bytes == key_id:
                return key
        raise CannotOpen

    def sealing(self, binding: Binding) -> tuple[DataKey, bytes]:
        """The active key for a row's values, and the place that they share (`seal.row_place`)."""
        return self.sealing_key(binding[1]), row_place(*binding)

    def opening(self, binding: Binding, head: bytes) -> Opener:
        """What opens a row's values of that header of 18 bytes, which names one of the keys of the row's scope."""
        last = self._last
        if last is not None and last[0] == binding and last[1] == head:
            return last[2]
        opener = self.opening_key(binding[1], head[KEY_ID_AT:]).opener(row_place(*binding), head)
        self._last = binding, head, opener
        return opener

    def _opened(self, scope: UUID) -> list[DataKey]:
        if scope not in self._admitted:
            self._ask(scope)
        found = self._keys.get(scope)
        if not found:
            raise Denied("the scope has no key")
        return found

    def _ask(self, scope: UUID) -> None:
        kind = keyring.kinds([scope]).get(scope)
        gate = _gates.get(kind or "")
        if gate is None:
            raise Denied("no gate answers for this scope")
        gate(self, scope)
        if scope not in self._admitted:
            raise Denied("the gate did not admit")


@contextmanager
def closed() -> Iterator[None]:
    """Work for a while as if no scope were open, whoever asks. The database connection stays the same one."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def asking_as(job: str) -> Iterator[None]:
    """Let the database give what a job sees for a while; it opens nothing, and the scope stays what it is."""
    within = open_now()
    told = within.told if within else Told()
    rows.tell(Told(job=job, moment=told.moment))
    try:
        yield
    finally:
        rows.tell(told)


def living(scopes: Iterable[UUID]) -> set[UUID]:
    """Which of the scopes still have a key that opens what is written today."""
    return set(keyring.kinds(scopes))


def open_now() -> CryptoScope | None:
    """The scope that is open now, if there is one."""
    return _current.get()


def current() -> CryptoScope:
    """The scope that is open now; without one nothing is opened or sealed."""
    scope = _current.get()
    if scope is None:
        raise Denied("no CryptoScope is open")
    return scope
