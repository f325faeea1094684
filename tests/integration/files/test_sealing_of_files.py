"""A file is sealed while it comes and opens in its own place alone."""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from uuid import uuid4

import pytest

from avhopp.files import sealing, store
from avhopp.files.sealing import Damaged, NotWelcome, Reason, Sealing
from avhopp.sealed.scope import Denied
from tests.cast import acting
from tests.universe.documents import PDF

pytestmark = pytest.mark.django_db
SECRET = b"Kanariefagel i klartext"
TEXT = b"%PDF-1.7\n" + SECRET * 20_000
LIMIT = 10_000_000


@pytest.fixture
def stored(cast, case, opened, store_folder):
    """A file of the worker's case, stored; (scope, id, digest)."""
    with opened(cast.worker) as (found, _actor):
        sealed = sealing.seal([TEXT], scope=found.case.pk, limit=LIMIT)
        store.put(sealed)
    return case, sealed.file, sealed.digest


def read(scope, file, digest, *, as_file=None) -> bytes:
    """What opens in the scope that is open now."""
    with closing(store.take(file, digest=digest)) as held:
        return b"".join(sealing.opened(held, scope=scope, file=as_file or file))


def test_stored_file_comes_back_whole(cast, opened, stored):
    with opened(cast.worker):
        assert read(*stored) == TEXT


def test_store_holds_one_private_file_under_a_random_name_and_no_plaintext(stored, store_folder):
    (path,) = (path for path in store_folder.rglob("*") if path.is_file())
    assert path.relative_to(store_folder).as_posix() == f"{stored[1].hex[:2]}/{stored[1].hex}"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert SECRET not in path.read_bytes()
    assert len(path.read_bytes()) > len(TEXT)


def test_one_changed_byte_is_found_before_anything_opens(cast, opened, stored, store_folder):
    path = store_folder / stored[1].hex[:2] / stored[1].hex
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with opened(cast.worker), pytest.raises(Damaged):
        read(*stored)


def test_file_does_not_open_under_another_case_or_another_id(cast, opened, stored, foreign_case):
    _scope, file, digest = stored
    with opened(cast.stranger, which=foreign_case), pytest.raises(Damaged):
        read(foreign_case, file, digest)
    with opened(cast.worker), pytest.raises(Damaged):
        read(*stored, as_file=uuid4())


def test_without_leave_nothing_is_sealed_or_opened(cast, stored):
    with acting(cast.stranger):
        with pytest.raises(Denied):
            read(*stored)
        with pytest.raises(Denied):
            Sealing(scope=stored[0], limit=LIMIT)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<html></html>", Reason.KIND),
        (b"PK\x03\x04 word/document.xml word/vbaProject.bin", Reason.MACROS),
        (PDF * 10, Reason.TOO_LARGE),
    ],
)
def test_file_that_may_not_come_in_is_named_by_its_fault(cast, opened, content, reason):
    with opened(cast.worker) as (found, _actor), pytest.raises(NotWelcome) as refusal:
        sealing.seal([content], scope=found.case.pk, limit=len(PDF))
    assert refusal.value.reason == reason


def test_memory_stays_flat_however_long_the_file(cast, case, opened, store_folder):
    block = b"%PDF-1.7\n" + bytes(256 * 1024)
    with opened(cast.worker):
        tracemalloc.start()
        try:
            sealed = sealing.seal((block for _ in range(200)), scope=case, limit=100_000_000)
            store.put(sealed)
            held = store.take(sealed.file, digest=sealed.digest)
            length = sum(len(piece) for piece in sealing.opened(held, scope=case, file=sealed.file))
            held.close()
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert length == 200 * len(block) > 50_000_000
    assert peak < 5_000_000
