"""Keys are replaced while the system is in use, killed work goes on, and what is destroyed opens nothing again."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Leaf
from avhopp.crypto import keys
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.providers.file import create_key_file
from avhopp.database.testing import pointing_at
from avhopp.sealed import keyring
from avhopp.sealed.keeping import reencrypt, retire, rotation, runs, tables
from avhopp.sealed.models import EpochKey, KeyRun, KeyState, ScopeKey
from cases.access import NotVisible, get_case
from cases.models import Case
from tests.cast import NOW, acting, make_case
from tests.signed_in import signed_in


class Stop(Exception):
    """The power goes."""


@pytest.fixture(autouse=True)
def own_root(settings, tmp_path):
    """A root key of the test's own, since destroying an epoch reaches everybody who shares it."""
    create_key_file(tmp_path / "root.key")
    settings.ROOT_KEYS = {
        "file": ("avhopp.crypto.providers.file.FileRootKey", {"path": tmp_path / "root.key"})
    }
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def keeper(own_database):
    @contextmanager
    def at_work():
        with pointing_at(urls=replace(own_database, app=own_database.keeper)):
            yield {"clock": timezone.now, "tell": lambda done, total: None}

    return at_work


def need_of(cast, case):
    with transaction.atomic(), acting(cast.worker) as actor:
        return get_case(actor=actor, case=case, at=NOW).case.need


def test_rewrapped_keys_open_what_they_opened_and_the_old_epoch_is_empty(keeper, cast, case):
    before = {row.id: bytes(row.wrapped) for row in ScopeKey.objects.all()}
    with keeper() as given:
        epoch = rotation.rotate_epoch(**given)
        assert rotation.rewrap(**given) == len(before)
        assert rotation.rewrap(**given) == 0
    assert set(ScopeKey.objects.values_list("epoch", flat=True)) == {epoch.id}
    assert all(bytes(row.wrapped) != before[row.id] for row in ScopeKey.objects.all())
    assert EpochKey.objects.exclude(pk=epoch.pk).filter(emptied_at__isnull=True).count() == 0
    assert need_of(cast, case) == "Vill lämna."
    assert Leaf.objects.filter(event="keys.rewrapped").count() == 1


def test_values_sealed_by_older_keys_are_sealed_anew_and_the_record_holds_them(keeper, cast, case):
    from audit.digest import row_digest

    old = bytes(Case.objects.values_list("need", flat=True).get(pk=case))
    with keeper() as given:
        rotation.rotate_data(made_before=timezone.now(), **given)
    assert need_of(cast, case) == "Vill lämna."
    with keeper() as given:
        waiting = reencrypt.waiting()
        assert waiting
        assert reencrypt.reencrypt(**given) == (waiting, 0)
        assert reencrypt.waiting() == 0
    new = bytes(Case.objects.values_list("need", flat=True).get(pk=case))
    assert new[2:18] != old[2:18]
    assert need_of(cast, case) == "Vill lämna."
    written = b"".join(
        bytes(body) for body in Leaf.objects.filter(event="keys.resealed").values_list("body", flat=True)
    )
    assert row_digest(Case.objects.get(pk=case)).hex().encode() in written


def test_reencryption_killed_again_and_again_ends_complete(keeper, cast, case, foreign_case, monkeypatch):
    monkeypatch.setattr(reencrypt, "BATCH", 1)
    with keeper() as given:
        rotation.rotate_data(made_before=timezone.now(), **given)
        for _ in range(10):
            left = iter(range(1))

            def tell(done, total, left=left):
                if next(left, None) is None:
                    raise Stop

            with pytest.raises(Stop):
                reencrypt.reencrypt(clock=timezone.now, tell=tell)
        assert reencrypt.reencrypt(**given)[1] == 0
        assert reencrypt.waiting() == 0
    assert KeyRun.objects.filter(work="reencrypt", ended_at=None).count() == 10
    assert need_of(cast, case) == "Vill lämna."


def test_retired_key_opens_the_record_and_no_case(keeper, cast, case):
    with keeper() as given:
        rotation.rotate_data(made_before=timezone.now(), **given)
        later = {**given, "clock": lambda: timezone.now() + timedelta(days=2)}
        assert retire.retire(**later)[0] == 0
        reencrypt.reencrypt(**given)
        assert retire.retire(**given)[0] == 0
        assert retire.retire(**later)[0] > 0
    old = ScopeKey.objects.get(scope=case, state=KeyState.RECORD)
    assert isinstance(keyring.of_the_record(old.id), keyring.RecordKey)
    assert [key.key_id for key in keyring.load([case])[case]] == [
        ScopeKey.objects.get(scope=case, state=KeyState.ACTIVE).id
    ]
    assert need_of(cast, case) == "Vill lämna."


def test_key_that_still_has_a_value_is_not_retired(keeper, cast, case):
    with keeper() as given:
        rotation.rotate_data(made_before=timezone.now(), **given)
        later = {**given, "clock": lambda: timezone.now() + timedelta(days=2)}
        assert retire.retire(**later)[0] == 0
    assert ScopeKey.objects.get(scope=case, state=KeyState.DECRYPT)


def test_yesterdays_keys_open_nothing_once_their_epoch_is_destroyed(
    keeper, own_database, settings, cast, case, foreign_case
):
    settings.BACKUP_DAYS = 30
    backup = list(ScopeKey.objects.select_related("epoch").all())
    assert all(keyring.unwrapped(row) for row in backup)
    with psycopg.connect(own_database.keeper, autocommit=True) as connection:
        connection.execute(
            "UPDATE sealed_scopekey SET wrapped = NULL, state = 'destroyed' WHERE scope = %s", [case]
        )
    with keeper() as given:
        rotation.rotate_epoch(**given)
        rotation.rewrap(**given)
        assert retire.retire(**given)[1] == 0
        later = {**given, "clock": lambda: timezone.now() + timedelta(days=31)}
        assert retire.retire(**later)[1] == len({row.epoch_id for row in backup})
    keyring.forget()
    for epoch in {row.epoch for row in backup}:
        # The backup has the epoch's row as it was; what unwraps it is not in any backup.
        root = keyring.provider(epoch.root)
        with pytest.raises(CannotOpen):
            keys.open_epoch_key(root, bytes(epoch.wrapped), org=settings.ORGANISATION, epoch=epoch.epoch)
    with pytest.raises(keyring.KeyDestroyed):
        keyring.load([case])
    with transaction.atomic(), acting(cast.stranger) as actor:
        assert get_case(actor=actor, case=foreign_case, at=NOW).case.need == "Vill lämna."


@pytest.mark.parametrize("was_replaced", [False, True])
def test_case_whose_key_is_destroyed_is_missing_and_never_gets_another(
    keeper, own_database, cast, case, was_replaced
):
    if was_replaced:
        with keeper() as given:
            rotation.rotate_data(made_before=timezone.now(), **given)
    with psycopg.connect(own_database.keeper, autocommit=True) as connection:
        connection.execute(
            "UPDATE sealed_scopekey SET wrapped = NULL, state = 'destroyed' WHERE scope = %s", [case]
        )
    with transaction.atomic(), acting(cast.worker) as actor, pytest.raises(NotVisible):
        get_case(actor=actor, case=case, at=NOW)
    assert Leaf.objects.filter(event="case.refused").count() == 1
    with pytest.raises(IntegrityError, match="one_current_key_per_scope"), transaction.atomic():
        keyring.mint(scope=case, kind="case", at=NOW)


def test_application_and_owner_are_not_the_keeper(own_database, case):
    for step in ("rotate", "rewrap", "reencrypt", "retire", "rotate-data"):
        with pytest.raises(CommandError, match="nyckelvårdarens"):
            call_command("keys", step, stdout=io.StringIO())
    assert KeyRun.objects.count() == 0


@pytest.mark.parametrize("step", ["rotate", "rewrap", "reencrypt", "retire", "rotate-data"])
def test_dry_run_opens_a_sample_and_changes_nothing(keeper, case, step):
    before = list(ScopeKey.objects.order_by("id").values("id", "epoch", "state", "wrapped"))
    said = io.StringIO()
    with keeper():
        call_command("keys", step, "--dry-run", stdout=said)
    assert "Stickprov" in said.getvalue()
    assert list(ScopeKey.objects.order_by("id").values("id", "epoch", "state", "wrapped")) == before
    assert not Leaf.objects.filter(event__startswith="keys.").exists()


def test_two_keepers_do_not_work_at_once(keeper, own_database):
    with psycopg.connect(own_database.keeper) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [runs._AT_WORK])
        with keeper() as given, pytest.raises(runs.AlreadyAtWork):
            rotation.rotate_epoch(**given)


def test_status_says_what_is_there(keeper, case):
    said = io.StringIO()
    with keeper() as given:
        rotation.rotate_epoch(**given)
        call_command("keys", "status", stdout=said)
    assert "i bruk" in said.getvalue()
    assert "rotate_epoch" in said.getvalue()


def test_case_with_a_document_keeps_its_older_keys(keeper, cast, case, monkeypatch):
    monkeypatch.setattr(Case, "keeps_data_keys", True, raising=False)
    with keeper() as given:
        rotation.rotate_data(made_before=timezone.now(), **given)
        reencrypt.reencrypt(**given)
        retire.retire(**{**given, "clock": lambda: timezone.now() + timedelta(days=2)})
    assert ScopeKey.objects.get(scope=case, state=KeyState.DECRYPT)


def test_every_sealed_table_knows_its_scope(db):
    assert {table.model._meta.label for table in tables.sealed_tables()} > {"cases.Case", "audit.ChangeEntry"}


def test_list_leaves_out_a_row_whose_key_is_destroyed_and_shows_the_others(own_database, cast, case):
    kept = make_case(worker=cast.worker)
    numbers = dict(Case.objects.values_list("pk", "number"))
    with psycopg.connect(own_database.keeper) as connection:
        connection.execute(
            "UPDATE sealed_scopekey SET wrapped = NULL, state = 'destroyed' WHERE scope = %s", [case]
        )
    page = signed_in(cast.worker).get(reverse("cases:list"))
    assert page.status_code == 200
    assert numbers[kept] in page.content.decode()
    assert numbers[case] not in page.content.decode()
