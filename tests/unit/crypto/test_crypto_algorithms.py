"""A second algorithm can take over: what the first one sealed opens all the while, and neither takes the other's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from avhopp.crypto import algorithms, envelope, keys, token
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.keys import EpochKey, Use
from avhopp.crypto.seal import DataKey, FieldTag, RecordKey, context

NEW = 0x7E
ORG, SCOPE, ROW, KEY_ID = (UUID(int=number) for number in (1, 2, 3, 4))
RAW, KEK = bytes(range(32)), bytes(range(40, 72))
PLACE = context(FieldTag("case.note", "body"), row=ROW, scope=SCOPE)
KEY_PLACE: dict[str, Any] = {"org": ORG, "scope": SCOPE, "key_id": KEY_ID, "epoch": 7}


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program open the new algorithm, as the first release of a change does."""
    monkeypatch.setitem(algorithms.CIPHERS, NEW, ChaCha20Poly1305)


@pytest.fixture
def changed(known: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it also seal with the new algorithm, as the second release does."""
    monkeypatch.setattr(algorithms, "SEALS_WITH", NEW)


def test_today_everything_names_aes_256_gcm() -> None:
    assert set(algorithms.CIPHERS) == {algorithms.SEALS_WITH} == {1}
    assert DataKey(KEY_ID, RAW).seal(PLACE, b"")[envelope.ALGORITHM_AT] == 1


def test_what_the_old_algorithm_made_opens_after_the_change(request: pytest.FixtureRequest) -> None:
    old = DataKey(KEY_ID, RAW)
    sealed, named = old.seal(PLACE, b"text"), token.seal_subject(old, b"name")
    detail = token.seal_detail(old, b"detail", leaf=ROW, scope=SCOPE)
    wrapped = keys.wrap(EpochKey(KEK, org=ORG, epoch=7), RAW, **KEY_PLACE)
    request.getfixturevalue("changed")
    new = DataKey(KEY_ID, RAW)
    assert new.open(PLACE, sealed) == b"text"
    assert token.open_subject(new, named) == b"name"
    assert token.open_detail(new, detail, leaf=ROW, scope=SCOPE) == b"detail"
    assert keys.unwrap(EpochKey(KEK, org=ORG, epoch=7), wrapped, **KEY_PLACE) == RAW


@pytest.mark.usefixtures("changed")
def test_what_is_made_after_the_change_names_the_new_algorithm_and_opens() -> None:
    key, kek = DataKey(KEY_ID, RAW), EpochKey(KEK, org=ORG, epoch=7)
    made = [
        key.seal(PLACE, b"text"),
        token.seal_subject(key, b"name"),
        token.seal_detail(key, b"detail", leaf=ROW, scope=SCOPE),
        keys.wrap(kek, RAW, **KEY_PLACE),
    ]
    assert {blob[1] for blob in made} == {NEW}
    assert key.open(PLACE, made[0]) == b"text"
    left = RecordKey(KEY_ID, key.record_key())
    assert token.open_subject(left, made[1]) == b"name"
    assert token.open_detail(left, made[2], leaf=ROW, scope=SCOPE) == b"detail"
    assert keys.unwrap(kek, made[3], **KEY_PLACE) == RAW


def test_a_value_is_sealed_anew_with_the_new_algorithm_under_the_same_key(
    request: pytest.FixtureRequest,
) -> None:
    old = DataKey(KEY_ID, RAW)
    sealed = old.seal(PLACE, b"text")
    request.getfixturevalue("changed")
    new = DataKey(KEY_ID, RAW)
    moved = new.reseal(PLACE, sealed, by=new)
    assert moved[envelope.ALGORITHM_AT] == NEW
    assert new.open(PLACE, moved) == b"text"


@pytest.mark.usefixtures("changed")
def test_a_value_relabelled_as_another_algorithms_does_not_open() -> None:
    key, kek = DataKey(KEY_ID, RAW), EpochKey(KEK, org=ORG, epoch=7)
    sealed, wrapped = key.seal(PLACE, b"text"), keys.wrap(kek, RAW, **KEY_PLACE)
    with pytest.raises(CannotOpen):
        key.open(PLACE, sealed[:1] + b"\x01" + sealed[2:])
    with pytest.raises(CannotOpen):
        keys.unwrap(kek, wrapped[:1] + b"\x01" + wrapped[2:], **KEY_PLACE)


@pytest.mark.usefixtures("changed")
def test_two_algorithms_never_share_a_key() -> None:
    key = algorithms.subkey(RAW, b"field")
    nonce = bytes(12)
    ours = DataKey(KEY_ID, RAW)._field.encrypt(nonce, b"x", b"")
    assert ours != ChaCha20Poly1305(key).encrypt(nonce, b"x", b"")


def test_before_the_change_an_unknown_algorithm_is_refused_like_any_forgery(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("changed")
    key, kek = DataKey(KEY_ID, RAW), EpochKey(KEK, org=ORG, epoch=7)
    sealed, wrapped = key.seal(PLACE, b"text"), keys.wrap(kek, RAW, **KEY_PLACE, use=Use.DATA)
    monkeypatch.undo()
    with pytest.raises(CannotOpen):
        DataKey(KEY_ID, RAW).open(PLACE, sealed)
    with pytest.raises(CannotOpen):
        keys.unwrap(EpochKey(KEK, org=ORG, epoch=7), wrapped, **KEY_PLACE)
    with pytest.raises(CannotOpen):
        envelope.parse(sealed)
