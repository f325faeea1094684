"""A copy holds everything but keys, a drill proves that it can be used and names what is wrong, and neither changes
anything."""

from __future__ import annotations

import io
import json
import shutil
import stat
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.note import KeyKind, SigningKey
from audit.sequencer import Sequencer
from avhopp.backup import copying, drill
from avhopp.crypto.providers.file import create_key_file
from avhopp.database.testing import pointing_at
from avhopp.sealed import keyring
from avhopp.sealed.keeping import retire, rotation
from avhopp.sealed.models import EpochKey
from tests.cast import TEST_NUMBER, make_case
from tests.destroyed import destroy_file

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def own_root(settings, tmp_path, monkeypatch):
    """A root key of the test's own, for the commands that the drill runs too."""
    path = tmp_path / "keys" / "root.key"
    path.parent.mkdir()
    create_key_file(path)
    monkeypatch.setenv("ROOT_KEY_PATH", str(path))
    settings.ROOT_KEYS = {"file": ("avhopp.crypto.providers.file.FileRootKey", {"path": path})}
    keyring.forget()
    yield path
    keyring.forget()


@pytest.fixture
def municipality(own_root, own_database, cast, settings, tmp_path, monkeypatch):
    """Two cases and one document in a database and a store of their own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "avhopp.files.store.Folder",
            "OPTIONS": {"location": tmp_path / "documents"},
        },
    }
    file = uuid4()
    path = tmp_path / "documents" / file.hex[:2] / file.hex
    path.parent.mkdir(parents=True)
    path.write_bytes(b"sealed long ago")
    return make_case(worker=cast.worker, at=timezone.now()), make_case(
        worker=cast.stranger, at=timezone.now()
    )


@pytest.fixture
def server(database_server):
    return database_server.admin_url


@pytest.fixture
def into(tmp_path):
    return tmp_path / "copies"


def copied(into):
    said = io.StringIO()
    call_command("backup", str(into), stdout=said)
    return Path(said.getvalue().partition(": ")[0]), said.getvalue()


def drilled(copy, server, **more):
    said = io.StringIO()
    call_command("restore_drill", str(copy), server=server, stdout=said, **more)
    return said.getvalue()


@pytest.fixture
def nothing_is_left(server, monkeypatch):
    """Tells whether the drill's own database is gone again; others drill beside us."""
    name = uuid4().hex
    monkeypatch.setattr(drill.secrets, "token_hex", lambda size: name)
    yield
    with psycopg.connect(server) as connection:
        found = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
    assert f"avhopp_drill_{name}" not in found


def test_copy_can_be_used_and_the_drill_leaves_nothing_behind(municipality, into, server, nothing_is_left):
    copy, said = copied(into)
    assert "1 handlingar" in said
    told = drilled(copy, server)
    assert "Kopian går att använda." in told
    assert "gick att öppna" in told


def test_copy_holds_neither_key_nor_anything_in_clear(municipality, into, own_root):
    copy, _ = copied(into)
    raw = own_root.read_bytes().splitlines()[1]
    for path in (path for path in copy.rglob("*") if path.is_file()):
        assert stat.S_IMODE(copy.stat().st_mode) == 0o700
        content = path.read_bytes()
        for secret in (raw, TEST_NUMBER.encode(), b"Provsson", "Vill lämna.".encode()):
            assert secret not in content, path
    assert sorted(path.name for path in copy.iterdir()) == ["backup.json", "database.dump", "documents"]


def test_keys_beside_copies_are_refused(municipality, own_root):
    with pytest.raises(CommandError, match="hålls isär"):
        call_command("backup", str(own_root.parent))
    assert sorted(path.name for path in own_root.parent.iterdir() if path.is_dir()) == ["root.key.epochs"]


def spoil_dump(copy):
    path = copy / "database.dump"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def spoil_document(copy):
    next((copy / "documents").iterdir()).write_bytes(b"something else")


def lose_document(copy):
    next((copy / "documents").iterdir()).unlink()


def add_rows(copy):
    said = json.loads((copy / "backup.json").read_text())
    said["tables"]["cases_case"] += 1
    (copy / "backup.json").write_text(json.dumps(said))


def lose_list(copy):
    (copy / "backup.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoil_dump, "inte den som kopian gjordes med"),
        (spoil_document, "inte den som kopierades"),
        (lose_document, "saknas i kopian"),
        (add_rows, "stämmer inte i cases_case"),
        (lose_list, "ingen säkerhetskopia"),
    ],
)
def test_copy_that_is_not_whole_is_named(municipality, into, server, nothing_is_left, spoil, reason):
    copy, _ = copied(into)
    spoil(copy)
    with pytest.raises(CommandError, match=reason):
        drilled(copy, server)


def test_copy_is_of_no_use_without_its_root_key(municipality, into, server, tmp_path, monkeypatch):
    copy, _ = copied(into)
    other = tmp_path / "other.key"
    create_key_file(other)
    monkeypatch.setenv("ROOT_KEY_PATH", str(other))
    with pytest.raises(CommandError, match="gick inte att öppna"):
        drilled(copy, server)


def test_outdated_copies_are_named_and_left(municipality, into, settings):
    settings.BACKUP_DAYS = 30
    old = copying.back_up(url=_owner_url(), into=into, now=timezone.now() - timedelta(days=31), secrets=[])
    _, said = copied(into)
    assert f"{old} är äldre än 30 dagar: förstör den." in said
    assert (old / "database.dump").exists()


def test_yesterdays_copy_opens_a_destroyed_file_with_no_key_left_and_all_others(
    municipality, own_database, cast, into, server, settings
):
    """Old data with the newest keys: what was destroyed since stays destroyed, and the rest opens."""
    gone, kept = municipality
    yesterday, _ = copied(into)
    destroy_file(own_database, gone, by=cast.worker, approver=cast.supervisor)
    with _keeper(own_database) as given:
        rotation.rotate_epoch(**given)
        rotation.rewrap(**given)
        later = timezone.now() + timedelta(days=settings.BACKUP_DAYS + 1)
        assert retire.retire(**{**given, "clock": lambda: later})[1] == 1
    keyring.forget()
    shutil.move(yesterday, into / "yesterday")
    today, _ = copied(into)
    # By itself it opens nothing any more: the root key of its epoch is gone from where it was kept.
    with pytest.raises(CommandError, match="gick inte att öppna"):
        drilled(into / "yesterday", server)
    assert "Kopian går att använda." in drilled(into / "yesterday", server, keys_from=today)
    assert EpochKey.objects.filter(wrapped__isnull=True).count() == 1
    with pytest.raises(keyring.KeyDestroyed):
        keyring.load([gone])
    assert keyring.load([kept])


@contextmanager
def _keeper(own_database):
    with pointing_at(urls=replace(own_database, app=own_database.keeper)):
        yield {"clock": timezone.now, "tell": lambda done, total: None}


def _owner_url():
    from avhopp.backup.management.commands.backup import _owner

    return _owner()


def sequenced(urls, key):
    """Give every leaf its place in the log's tree."""
    with psycopg.connect(urls.sequencer, autocommit=True) as connection:
        sequencer = Sequencer(connection=connection, key=key, clock=timezone.now)
        sequencer.begin()
        sequencer.drain()
        sequencer.beat()


def test_drill_verifies_the_log_and_names_a_leaf_that_was_changed(municipality, own_database, into, server):
    key = SigningKey(name="provkommun.example/logg", kind=KeyKind.LOG, seed=b"7" * 32)
    sequenced(own_database, key)
    copy, _ = copied(into)
    assert "Loggen är hel." in drilled(copy, server, log_key=str(key.verifier))
    with psycopg.connect(own_database.owner, autocommit=True) as connection:
        connection.execute("ALTER TABLE audit_leaf DISABLE TRIGGER ALL")
        connection.execute("UPDATE audit_leaf SET body = body || 'x'::bytea WHERE event = 'case.opened'")
    changed, _ = copied(into / "changed")
    with pytest.raises(CommandError, match="verify_log"):
        drilled(changed, server, log_key=str(key.verifier))
