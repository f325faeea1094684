"""So many people together get the root key back from a kit, fewer get nothing, and whatever is wrong is named."""

from __future__ import annotations

import itertools
import stat
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avhopp.crypto import ceremony, recovery
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.providers.file import FileRootKey, create_key_file
from avhopp.crypto.recovery import RecoveryRefused

ORG, RAW = UUID(int=1), bytes(range(32))


@pytest.fixture(scope="module")
def held():
    """Five shares, of which three are needed."""
    return ceremony.make(shares=5, needed=3)


@pytest.fixture
def root_key(tmp_path):
    path = tmp_path / "root.key"
    create_key_file(path)
    return path


def test_any_three_of_five_bring_back_what_the_server_had(held, root_key, tmp_path):
    public, shares = held
    root = FileRootKey(root_key)
    wrapped = root.wrap_epoch(RAW, org=ORG, epoch=1)
    index = root.wrap_index_root(RAW, org=ORG, version=1)
    kit = recovery.seal(public, root_key)
    for number, three in enumerate(itertools.combinations(shares, 3)):
        again = tmp_path / str(number) / "root.key"
        again.parent.mkdir()
        assert ceremony.restore(ceremony.unseal(kit, public=public, shares=three), again) == 1
        assert stat.S_IMODE(again.stat().st_mode) == 0o400
        restored = FileRootKey(again)
        assert restored.unwrap_epoch(wrapped, org=ORG, epoch=1) == RAW
        assert restored.unwrap_index_root(index, org=ORG, version=1) == RAW


@pytest.mark.parametrize("number", [0, 1, 2])
def test_fewer_open_nothing_however_often_one_of_them_is_given(held, root_key, number):
    public, shares = held
    kit = recovery.seal(public, root_key)
    given_twice = [*shares[:number], *shares[:number], *shares[:number]]
    with pytest.raises(RecoveryRefused, match="3 different shares are needed"):
        ceremony.unseal(kit, public=public, shares=given_twice)


def test_two_shares_fit_every_key_alike(held):
    """With a third point of one's choosing two shares make any key at all, so they say nothing of the right one."""
    from Crypto.Protocol.SecretSharing import Shamir

    first, second = ((index, part) for index, part in ((1, b"a" * 16), (2, b"b" * 16)))
    made = {Shamir.combine([first, second, (3, bytes([guess]) * 16)]) for guess in range(64)}
    assert len(made) == 64


def test_destroyed_epoch_is_in_no_later_kit(held, root_key, tmp_path):
    public, shares = held
    root = FileRootKey(root_key)
    gone, kept = (root.wrap_epoch(RAW, org=ORG, epoch=epoch) for epoch in (1, 2))
    root.destroy_epoch(org=ORG, epoch=1)
    kit = recovery.seal(public, root_key)
    again = tmp_path / "again.key"
    assert ceremony.restore(ceremony.unseal(kit, public=public, shares=shares), again) == 1
    assert FileRootKey(again).unwrap_epoch(kept, org=ORG, epoch=2) == RAW
    with pytest.raises(CannotOpen):
        FileRootKey(again).unwrap_epoch(gone, org=ORG, epoch=1)


def test_kit_says_nothing_to_whoever_has_it_alone(held, root_key):
    public, _ = held
    kit = recovery.seal(public, root_key)
    assert b"avhopp-root-key" not in kit
    assert root_key.read_bytes().splitlines()[1] not in kit
    assert kit != recovery.seal(public, root_key)


@settings(max_examples=50)
@given(share=st.integers(0, 4), place=st.integers(0, 73), digit=st.sampled_from("0123456789abcdef"))
def test_mistyped_share_is_found_before_anything_is_tried(held, share, place, digit):
    public, shares = held
    typed = "".join(shares[share].split())
    wrong = typed[:place] + digit + typed[place + 1 :]
    expected = "different shares are needed" if wrong == typed else "mistyped"
    with pytest.raises(RecoveryRefused, match=expected):
        ceremony.unseal(b"", public=public, shares=[wrong])


def test_share_or_kit_of_another_ceremony_is_named(held, root_key):
    public, shares = held
    other_public, other_shares = ceremony.make(shares=5, needed=3)
    with pytest.raises(RecoveryRefused, match="another ceremony"):
        ceremony.unseal(b"", public=public, shares=[*shares[:2], other_shares[2]])
    with pytest.raises(RecoveryRefused, match="another recovery key"):
        ceremony.unseal(recovery.seal(other_public, root_key), public=public, shares=shares)


@pytest.mark.parametrize("changed", [0, 40, -1])
def test_changed_kit_does_not_open(held, root_key, changed):
    public, shares = held
    kit = bytearray(recovery.seal(public, root_key))
    kit[changed] ^= 1
    with pytest.raises(RecoveryRefused, match="does not open"):
        ceremony.unseal(bytes(kit), public=public, shares=shares)


@pytest.mark.parametrize(("shares", "needed"), [(5, 1), (5, 0), (2, 3), (17, 3), (0, 0)])
def test_number_of_people_that_protects_nothing_is_refused(shares, needed):
    with pytest.raises(RecoveryRefused, match="will not do"):
        ceremony.make(shares=shares, needed=needed)


def test_root_key_that_is_there_is_never_overwritten(held, root_key):
    public, shares = held
    before = root_key.read_bytes()
    files = ceremony.unseal(recovery.seal(public, root_key), public=public, shares=shares)
    with pytest.raises(RecoveryRefused, match="there already"):
        ceremony.restore(files, root_key)
    assert root_key.read_bytes() == before


def test_drill_from_ceremony_to_restored_key(root_key, tmp_path, capsys):
    public, kit, again = tmp_path / "recovery.pub", tmp_path / "kit", tmp_path / "new" / "root.key"
    again.parent.mkdir()
    wrapped = FileRootKey(root_key).wrap_epoch(RAW, org=ORG, epoch=1)
    shown = []
    making = ["make", str(public), "--shares", "3", "--needed", "2"]
    assert ceremony.main(making, ask=lambda prompt: shown.append(prompt) or "") == 0
    papers = [prompt.splitlines()[1] for prompt in shown[1::2]]
    assert len(set(papers)) == 3
    # Nothing that was shown is kept: what is written is the public half alone.
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "new",
        "recovery.pub",
        "root.key",
        "root.key.epochs",
    ]
    assert ceremony.main(making, ask=lambda prompt: "") == 1
    assert recovery.main([str(public), str(root_key), str(kit)]) == 0
    typed = iter([papers[2], papers[0]])
    assert (
        ceremony.main(["open", str(public), str(kit), str(again)], ask_hidden=lambda prompt: next(typed)) == 0
    )
    assert FileRootKey(again).unwrap_epoch(wrapped, org=ORG, epoch=1) == RAW
    assert "with 1 epochs" in capsys.readouterr().out


def test_kit_that_cannot_be_made_leaves_the_older_one(tmp_path, root_key, capsys):
    kit, public = tmp_path / "kit", tmp_path / "recovery.pub"
    kit.write_bytes(b"older")
    public.write_text("something else\n")
    assert recovery.main([str(public), str(root_key), str(kit)]) == 1
    assert kit.read_bytes() == b"older"
    assert "No kit was made" in capsys.readouterr().err
    assert recovery.main([]) == 2
