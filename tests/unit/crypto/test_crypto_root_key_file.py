"""A key file is created once, for its owner alone; when anything is off it is refused, with the remedy."""

from __future__ import annotations

import base64
import os
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.keys import epoch_context
from avhopp.crypto.providers import EpochRootGone, RootKeyProvider, RootKeyRefused
from avhopp.crypto.providers.file import FileRootKey, create_key_file

GOOD = base64.b64encode(bytes(range(32))) + b"\n"
FIRST = b"avhopp-root-key v1\n"
ORG, RAW = UUID(int=1), bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "root.key"
    create_key_file(made)
    return made


def write(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


def test_only_the_two_private_modes_are_accepted(path: Path) -> None:
    accepted = set()
    for mode in range(0o10000):
        path.chmod(mode)
        try:
            FileRootKey(path)
        except RootKeyRefused:
            continue
        accepted.add(mode)
    assert accepted == {0o400, 0o600}


def test_a_file_that_others_may_read_is_refused_with_the_remedy(path: Path) -> None:
    path.chmod(0o440)
    with pytest.raises(RootKeyRefused, match=r"0440.*chmod 0400.*replace the key"):
        FileRootKey(path)


def test_somebody_elses_file_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(RootKeyRefused, match="chown"):
        FileRootKey(path)


def test_a_missing_file_is_refused_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(RootKeyRefused, match="no root key at"):
        FileRootKey(tmp_path / "root.key")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_and_a_pipe_in_the_keys_place_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o600)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("folder", "pipe"):
        with pytest.raises(RootKeyRefused, match="not an ordinary file"):
            FileRootKey(tmp_path / name)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(FIRST, id="no key"),
        pytest.param(GOOD, id="no version"),
        pytest.param(b"avhopp-root-key v2\n" + GOOD, id="another version"),
        pytest.param(FIRST + GOOD[:-5] + b"\n", id="cut off"),
        pytest.param(FIRST + base64.b64encode(bytes(range(31))), id="31 bytes"),
        pytest.param(FIRST + base64.b64encode(bytes(range(33))), id="33 bytes"),
        pytest.param(FIRST + base64.b64encode(bytes(32)), id="all zeros"),
        pytest.param(FIRST + base64.b64encode(b"k" * 32), id="all equal"),
        pytest.param(FIRST + b"!" + GOOD, id="not base64"),
        pytest.param(FIRST + GOOD + GOOD, id="two keys"),
        pytest.param(FIRST + GOOD + b"\n" * 300, id="too long"),
    ],
)
def test_a_file_without_a_whole_key_is_refused_without_showing_it(path: Path, content: bytes) -> None:
    write(path, FIRST + GOOD)
    FileRootKey(path)
    write(path, content)
    with pytest.raises(RootKeyRefused, match="Restore it from its safe copy") as caught:
        FileRootKey(path)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)
    assert GOOD[:10].decode() not in told


def test_a_new_file_is_private_whatever_the_umask_and_holds_a_new_key(tmp_path: Path) -> None:
    seen = set()
    for umask in (0o000, 0o022, 0o777):
        before = os.umask(umask)
        try:
            create_key_file(tmp_path / f"{umask}.key")
        finally:
            os.umask(before)
        status = (tmp_path / f"{umask}.key").stat()
        assert stat.S_IMODE(status.st_mode) == 0o400
        seen.add((tmp_path / f"{umask}.key").read_bytes())
        FileRootKey(tmp_path / f"{umask}.key")
    assert len(seen) == 3


def test_an_existing_file_or_link_is_never_overwritten(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for taken in (path, tmp_path / "link"):
        with pytest.raises(RootKeyRefused, match="exists already"):
            create_key_file(taken)
    assert path.read_bytes() == before
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_cannot_be_created_says_why(tmp_path: Path) -> None:
    with pytest.raises(RootKeyRefused, match="cannot be created"):
        create_key_file(tmp_path / "missing" / "root.key")


def test_the_same_file_read_again_opens_what_it_wrapped(path: Path) -> None:
    org, raw = UUID(int=1), bytes(range(32))
    root: RootKeyProvider = FileRootKey(path)
    wrapped = root.wrap_epoch(raw, org=org, epoch=1)
    assert FileRootKey(path).unwrap_epoch(wrapped, org=org, epoch=1) == raw
    with pytest.raises(CannotOpen):
        FileRootKey(path).unwrap_index_root(wrapped, org=org, version=1)
    assert epoch_context(org=org, epoch=1) not in wrapped


def epochs(path: Path) -> list[Path]:
    return sorted(path.with_name(f"{path.name}.epochs").iterdir())


def test_every_epoch_has_a_private_file_of_its_own(path: Path) -> None:
    root = FileRootKey(path)
    wrapped = {epoch: root.wrap_epoch(RAW, org=ORG, epoch=epoch) for epoch in (1, 2)}
    root.wrap_epoch(RAW, org=ORG, epoch=1)
    assert len(epochs(path)) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in epochs(path)} == {0o400}
    assert stat.S_IMODE(epochs(path)[0].parent.stat().st_mode) == 0o700
    assert {FileRootKey(path).unwrap_epoch(wrapped[epoch], org=ORG, epoch=epoch) for epoch in (1, 2)} == {RAW}


def test_a_destroyed_epoch_opens_no_copy_of_what_it_wrapped_and_the_others_open(path: Path) -> None:
    root = FileRootKey(path)
    gone, kept = (root.wrap_epoch(RAW, org=ORG, epoch=epoch) for epoch in (1, 2))
    for _ in range(2):
        root.destroy_epoch(org=ORG, epoch=1)
    with pytest.raises(EpochRootGone):
        root.unwrap_epoch(gone, org=ORG, epoch=1)
    assert root.unwrap_epoch(kept, org=ORG, epoch=2) == RAW
    again = root.wrap_epoch(RAW, org=ORG, epoch=1)
    assert root.unwrap_epoch(again, org=ORG, epoch=1) == RAW
    with pytest.raises(CannotOpen):
        root.unwrap_epoch(gone, org=ORG, epoch=1)


def test_an_epochs_file_opens_nothing_under_another_root(path: Path, tmp_path: Path) -> None:
    wrapped = FileRootKey(path).wrap_epoch(RAW, org=ORG, epoch=1)
    create_key_file(tmp_path / "other.key")
    epochs(path)[0].parent.rename(tmp_path / "other.key.epochs")
    with pytest.raises(CannotOpen):
        FileRootKey(tmp_path / "other.key").unwrap_epoch(wrapped, org=ORG, epoch=1)


def test_an_epochs_file_that_others_may_read_is_refused(path: Path) -> None:
    wrapped = FileRootKey(path).wrap_epoch(RAW, org=ORG, epoch=1)
    epochs(path)[0].chmod(0o444)
    with pytest.raises(RootKeyRefused, match="chmod 0400"):
        FileRootKey(path).unwrap_epoch(wrapped, org=ORG, epoch=1)


def test_many_at_once_make_one_key_for_an_epoch(path: Path) -> None:
    roots = [FileRootKey(path) for _ in range(8)]
    with ThreadPoolExecutor(len(roots)) as pool:
        made = list(pool.map(lambda root: root.wrap_epoch(RAW, org=ORG, epoch=1), roots))
    assert {FileRootKey(path).unwrap_epoch(wrapped, org=ORG, epoch=1) for wrapped in made} == {RAW}
    assert len(epochs(path)) == 1
