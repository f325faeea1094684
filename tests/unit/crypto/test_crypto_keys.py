"""Wrapped keys stay in their place, and no key shows itself or leaves the process."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.crypto import blind_index, keys
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.keys import EpochKey, Use, WrongEpochKey
from avhopp.crypto.providers.file import FileRootKey, create_key_file
from avhopp.crypto.providers.hardware import HardwareRootKey
from avhopp.crypto.seal import DataKey, RecordKey
from avhopp.crypto.secret import KeyLeavesProcess, SecretHolder

ORG, SCOPE, KEY_ID, OTHER = (UUID(int=number) for number in (1, 2, 3, 99))
RAW = bytes(range(100, 132))
KEK = EpochKey(bytes(range(32)), org=ORG, epoch=7)
PLACE: dict[str, Any] = {"org": ORG, "scope": SCOPE, "key_id": KEY_ID, "epoch": 7}


@pytest.mark.parametrize("part", ["scope", "key_id"])
def test_a_wrapped_key_moved_to_another_row_does_not_unwrap(part: str) -> None:
    wrapped = keys.wrap(KEK, RAW, **PLACE)
    with pytest.raises(CannotOpen):
        keys.unwrap(KEK, wrapped, **{**PLACE, part: OTHER})
    assert keys.unwrap(KEK, wrapped, **PLACE) == RAW


@pytest.mark.parametrize("wrong", [{"org": OTHER}, {"epoch": 8}], ids=["organisation", "epoch"])
def test_a_wrapped_key_relabelled_with_another_epoch_or_organisation_does_not_unwrap(
    wrong: dict[str, Any],
) -> None:
    wrapped = keys.wrap(KEK, RAW, **PLACE)
    told = {**PLACE, **wrong}
    same_bytes = EpochKey(bytes(range(32)), org=told["org"], epoch=told["epoch"])
    with pytest.raises(CannotOpen):
        keys.unwrap(same_bytes, wrapped, **told)


def test_what_a_retired_key_leaves_for_the_record_is_never_taken_for_a_data_key_or_the_reverse() -> None:
    for made, asked in ((Use.RECORD, Use.DATA), (Use.DATA, Use.RECORD)):
        wrapped = keys.wrap(KEK, RAW, **PLACE, use=made)
        assert keys.unwrap(KEK, wrapped, **PLACE, use=made) == RAW
        with pytest.raises(CannotOpen):
            keys.unwrap(KEK, wrapped, **PLACE, use=asked)


@pytest.mark.parametrize("wrong", [{"org": OTHER}, {"epoch": 8}], ids=["organisation", "epoch"])
def test_an_epoch_key_refuses_to_work_under_another_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongEpochKey):
        keys.wrap(KEK, RAW, **{**PLACE, **wrong})
    with pytest.raises(WrongEpochKey):
        keys.unwrap(KEK, keys.wrap(KEK, RAW, **PLACE), **{**PLACE, **wrong})


def test_a_wrapped_key_altered_or_cut_off_anywhere_does_not_unwrap() -> None:
    wrapped = keys.wrap(KEK, RAW, **PLACE)
    assert len(wrapped) == keys.WRAPPED_BYTES == 62
    for bit in range(len(wrapped) * 8):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(CannotOpen):
            keys.unwrap(KEK, bytes(flipped), **PLACE)
    for length in (*range(62), 63):
        with pytest.raises(CannotOpen):
            keys.unwrap(KEK, (wrapped + b"\0")[:length], **PLACE)


def test_another_epoch_key_does_not_unwrap() -> None:
    other = EpochKey(bytes(range(1, 33)), org=ORG, epoch=7)
    with pytest.raises(CannotOpen):
        keys.unwrap(other, keys.wrap(KEK, RAW, **PLACE), **PLACE)


@given(
    raw=st.binary(min_size=32, max_size=32).filter(lambda raw: len(set(raw)) > 1), epoch=st.integers(0, 2**63)
)
def test_any_key_comes_back_as_it_was_wrapped(raw: bytes, epoch: int) -> None:
    kek = EpochKey(bytes(range(32)), org=ORG, epoch=epoch)
    place = {**PLACE, "epoch": epoch}
    assert keys.unwrap(kek, keys.wrap(kek, raw, **place), **place) == raw


def test_nobody_wraps_what_is_not_a_key() -> None:
    for raw in (b"", bytes(32), RAW[:31]):
        with pytest.raises(ValueError, match="32 random bytes"):
            keys.wrap(KEK, raw, **PLACE)


def test_a_key_moved_to_a_new_epoch_opens_there_and_no_longer_under_the_old_name() -> None:
    new = EpochKey(bytes(range(1, 33)), org=ORG, epoch=8)
    moved = keys.rewrap(KEK, new, keys.wrap(KEK, RAW, **PLACE), scope=SCOPE, key_id=KEY_ID)
    assert keys.unwrap(new, moved, **{**PLACE, "epoch": 8}) == RAW
    with pytest.raises(CannotOpen):
        keys.unwrap(KEK, moved, **PLACE)


def test_a_key_is_never_moved_to_another_organisation() -> None:
    foreign = EpochKey(bytes(range(1, 33)), org=OTHER, epoch=8)
    with pytest.raises(WrongEpochKey):
        keys.rewrap(KEK, foreign, keys.wrap(KEK, RAW, **PLACE), scope=SCOPE, key_id=KEY_ID)


def test_new_keys_are_never_the_same() -> None:
    made = {keys.new_data_key() for _ in range(1_000)}
    assert len(made) == 1_000
    assert {len(raw) for raw in made} == {32}


@pytest.fixture
def root(tmp_path: Path) -> FileRootKey:
    create_key_file(tmp_path / "root.key")
    return FileRootKey(tmp_path / "root.key")


def test_an_epoch_key_wrapped_by_the_root_opens_what_it_wrapped(root: FileRootKey) -> None:
    made, wrapped = keys.new_epoch_key(root, org=ORG, epoch=7)
    opened = keys.open_epoch_key(root, wrapped, org=ORG, epoch=7)
    assert keys.unwrap(opened, keys.wrap(made, RAW, **PLACE), **PLACE) == RAW


@pytest.mark.parametrize("wrong", [{"org": OTHER}, {"epoch": 8}], ids=["organisation", "epoch"])
def test_the_root_does_not_unwrap_an_epoch_key_under_another_name(
    root: FileRootKey, wrong: dict[str, Any]
) -> None:
    named = {"org": ORG, "epoch": 7}
    _, wrapped = keys.new_epoch_key(root, **named)  # type: ignore[arg-type]
    with pytest.raises(CannotOpen):
        keys.open_epoch_key(root, wrapped, **{**named, **wrong})


def test_the_root_never_takes_an_index_root_for_an_epoch_key_or_the_reverse(root: FileRootKey) -> None:
    _, epoch = keys.new_epoch_key(root, org=ORG, epoch=7)
    _, index = blind_index.new_index_root(root, org=ORG, version=7)
    with pytest.raises(CannotOpen):
        blind_index.open_index_root(root, epoch, org=ORG, version=7)
    with pytest.raises(CannotOpen):
        keys.open_epoch_key(root, index, org=ORG, epoch=7)


def test_another_root_does_not_unwrap(root: FileRootKey, tmp_path: Path) -> None:
    create_key_file(tmp_path / "other.key")
    _, wrapped = keys.new_epoch_key(root, org=ORG, epoch=7)
    with pytest.raises(CannotOpen):
        keys.open_epoch_key(FileRootKey(tmp_path / "other.key"), wrapped, org=ORG, epoch=7)


def holders(root: FileRootKey) -> list[SecretHolder]:
    index_root = blind_index.IndexRoot(RAW)
    index = blind_index.BlindIndex(index_root, label="case.person", fields=["a", "b"], name="intake", bits=7)
    return [
        DataKey(KEY_ID, RAW),
        DataKey(KEY_ID, RAW).opener(b"", DataKey(KEY_ID, RAW).header),
        RecordKey(KEY_ID, RAW),
        EpochKey(RAW, org=ORG, epoch=7),
        index_root,
        index,
        root,
        HardwareRootKey(module="", token="", pin=RAW.hex()),
    ]


def test_every_kind_of_key_is_tried_below(root: FileRootKey) -> None:
    assert {type(holder) for holder in holders(root)} == set(SecretHolder.__subclasses__())


def test_a_key_shows_nothing_when_printed(root: FileRootKey) -> None:
    for holder in holders(root):
        bare = f"<{type(holder).__name__}>"
        shown = [repr(holder), str(holder), f"{holder}", f"{holder!r}", "%s" % holder, repr([holder])]  # noqa: UP031
        assert set(shown) == {bare, f"[{bare}]"}


def test_a_key_has_no_dictionary_to_dump(root: FileRootKey) -> None:
    for holder in holders(root):
        assert not hasattr(holder, "__dict__")


def test_a_key_is_neither_pickled_nor_copied(root: FileRootKey) -> None:
    for holder in holders(root):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(KeyLeavesProcess):
                pickle.dumps(holder, protocol)
        with pytest.raises(KeyLeavesProcess):
            pickle.dumps({"hidden": [holder]})
        with pytest.raises(KeyLeavesProcess):
            copy.copy(holder)
        with pytest.raises(KeyLeavesProcess):
            copy.deepcopy(holder)
