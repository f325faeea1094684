"""A root key in a hardware module (SoftHSM): used there, destroyed there, never taken out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.providers import EpochRootGone

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
ORG, RAW, PIN = UUID(int=1), bytes(range(32)), "914705"
pytestmark = pytest.mark.skipif(
    not MODULE.exists() or shutil.which("softhsm2-util") is None, reason="SoftHSM is not installed"
)


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """One token for the module of tests: SoftHSM reads its configuration once a process."""
    folder = tmp_path_factory.mktemp("hsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "avhopp", "--pin", PIN, "--so-pin", PIN],
        check=True,
        capture_output=True,
    )
    yield "avhopp"
    del os.environ["SOFTHSM2_CONF"]


@pytest.fixture
def root(token):
    from avhopp.crypto.providers.hardware import HardwareRootKey

    return HardwareRootKey(str(MODULE), token, PIN)


def test_what_the_module_wrapped_opens_in_its_place_alone(root):
    wrapped = root.wrap_epoch(RAW, org=ORG, epoch=1)
    assert root.unwrap_epoch(wrapped, org=ORG, epoch=1) == RAW
    root.wrap_epoch(RAW, org=ORG, epoch=2)
    for place in ({"org": ORG, "epoch": 2},):
        with pytest.raises(CannotOpen):
            root.unwrap_epoch(wrapped, **place)
    index = root.wrap_index_root(RAW, org=ORG, version=1)
    assert root.unwrap_index_root(index, org=ORG, version=1) == RAW
    with pytest.raises(CannotOpen):
        root.unwrap_index_root(wrapped, org=ORG, version=1)


def test_key_cannot_be_taken_out_of_the_module(root):
    import pkcs11

    root.wrap_epoch(RAW, org=ORG, epoch=3)
    for key in root._open().get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY}):
        assert key[pkcs11.Attribute.SENSITIVE]
        assert not key[pkcs11.Attribute.EXTRACTABLE]
        with pytest.raises(pkcs11.PKCS11Error):
            _ = key[pkcs11.Attribute.VALUE]


def test_destroyed_epoch_opens_nothing_and_the_others_open(root):
    gone, kept = (root.wrap_epoch(RAW, org=ORG, epoch=epoch) for epoch in (4, 5))
    for _ in range(2):
        root.destroy_epoch(org=ORG, epoch=4)
    with pytest.raises(EpochRootGone):
        root.unwrap_epoch(gone, org=ORG, epoch=4)
    assert root.unwrap_epoch(kept, org=ORG, epoch=5) == RAW


def test_forked_process_opens_a_session_of_its_own(root):
    wrapped = root.wrap_epoch(RAW, org=ORG, epoch=6)
    child = os.fork()
    if not child:
        try:
            right = root.unwrap_epoch(wrapped, org=ORG, epoch=6) == RAW
        except BaseException:
            right = False
        os._exit(0 if right else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert root.unwrap_epoch(wrapped, org=ORG, epoch=6) == RAW


def test_wrong_pin_is_refused_with_what_to_check_and_without_the_pin(token):
    # In a process of its own: the module asks for the PIN once a process.
    program = (
        "from uuid import UUID\n"
        "from avhopp.crypto.providers.hardware import HardwareRootKey\n"
        f"HardwareRootKey({str(MODULE)!r}, {token!r}, '000000').wrap_epoch(bytes(range(32)), org=UUID(int=1), epoch=7)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "RootKeyRefused" in done.stderr
    assert "PIN is right" in done.stderr
    assert "000000" not in done.stderr.splitlines()[-1]
