"""A plain column is sealed while the application runs, can be gone back from, and leaves nothing in clear on disk."""

from __future__ import annotations

import secrets
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from audit.models import Leaf
from avhopp.database.testing import pointing_at
from avhopp.sealed.keeping import adopt
from avhopp.sealed.keeping.adopt import Adoption, NoSuchColumn
from cases.access import get_case
from tests.cast import NOW, acting, make_case

pytestmark = pytest.mark.slow


class Stop(Exception):
    """The power goes."""


@pytest.fixture
def keeper(own_database):
    @contextmanager
    def at_work():
        with pointing_at(urls=replace(own_database, app=own_database.keeper)):
            yield {"clock": timezone.now, "tell": lambda done, total: None}

    return at_work


@pytest.fixture
def canary():
    return f"kanarie-{secrets.token_hex(12)}"


@pytest.fixture
def plain(own_database, cast, canary):
    """Three cases as an older release had them: what they are about in clear, and nothing sealed yet."""
    cases = [make_case(worker=cast.worker) for _ in range(3)]
    with psycopg.connect(own_database.owner) as owner:
        owner.execute("ALTER TABLE cases_case ADD COLUMN need_plain text")
        owner.execute("ALTER TABLE cases_case ALTER COLUMN need DROP NOT NULL")
        owner.execute("UPDATE cases_case SET need = NULL, need_plain = %s", [canary])
        owner.execute("ANALYZE cases_case")
    return cases


def moved():
    return Adoption(model="cases.Case", field="need", source="need_plain")


def needs(cast, cases):
    with transaction.atomic(), acting(cast.worker) as actor:
        return {get_case(actor=actor, case=case, at=NOW).case.need for case in cases}


def test_plain_column_is_sealed_and_reads_as_before(keeper, plain, cast, canary):
    with keeper() as given:
        assert moved().waiting() == 3
        assert moved().run(**given) == 3
        assert moved().run(**given) == 0
    assert needs(cast, plain) == {canary}
    assert Leaf.objects.filter(event="keys.adopted").count() == 1
    assert not any(canary.encode() in bytes(leaf.body) for leaf in Leaf.objects.all())


def test_killed_in_the_middle_it_goes_on(keeper, plain, cast, canary, monkeypatch):
    monkeypatch.setattr(adopt, "BATCH", 1)

    def stop(done, total):
        raise Stop

    with keeper() as given:
        with pytest.raises(Stop):
            moved().run(**{**given, "tell": stop})
        assert 2 <= moved().waiting() <= 3
        moved().run(**given)
        assert moved().waiting() == 0
    assert needs(cast, plain) == {canary}


def test_until_the_column_is_dropped_the_former_release_finds_what_it_had(
    keeper, own_database, plain, canary
):
    with keeper() as given:
        moved().run(**given)
    with psycopg.connect(own_database.owner) as owner:
        assert owner.execute("SELECT DISTINCT need_plain FROM cases_case").fetchall() == [(canary,)]


def test_nobody_but_the_keeper_and_no_other_column(plain, own_database):
    with pytest.raises(CommandError, match="nyckelvårdarens"):
        call_command("seal_column", "cases.Case", "need", "need_plain")
    for model, field, column in (
        ("cases.Case", "need", "nothing"),
        ("cases.Case", "stage", "need_plain"),
        ("cases.Task", "need", "need_plain"),
    ):
        with pytest.raises(NoSuchColumn):
            Adoption(model=model, field=field, source=column)
    with pytest.raises(CommandError, match="Kontrollera namnen"):
        call_command("seal_column", "cases.Nothing", "need", "need_plain")


def test_nothing_in_clear_is_left_in_any_file_or_in_the_log_of_writes(
    keeper, own_database, database_server, plain, cast, canary
):
    name = str(conninfo_to_dict(own_database.owner)["dbname"])
    with psycopg.connect(make_conninfo(database_server.admin_url, dbname=name), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        # A positive control: the search finds what is there.
        assert in_files(admin, canary)
        assert in_writes(admin, canary)
        # As on any day: segments are full, and a checkpoint gives them names of later ones, bytes and all.
        full = "SELECT pg_logical_emit_message(false, 'avhopp', ''), pg_switch_wal()"
        again = "UPDATE cases_case SET need_plain = need_plain || ''"
        for step in (full, full, full, again, full, "CHECKPOINT"):
            admin.execute(step)
        assert in_writes(admin, canary)
        with keeper() as given:
            moved().run(**given)
        with psycopg.connect(own_database.owner) as owner:
            owner.execute("ALTER TABLE cases_case DROP COLUMN need_plain")
        wait_for_older_readers(admin)
        try:
            for step in recipe():
                admin.execute(step)
        finally:
            admin.execute("ALTER SYSTEM RESET wal_recycle")
            admin.execute("SELECT pg_reload_conf()")
        assert in_files(admin, canary) == []
        assert in_writes(admin, canary) == []
    assert needs(cast, plain) == {canary}


def wait_for_older_readers(admin):
    """Until nobody reads in the database with a snapshot from before, such as an analysis by autovacuum."""
    until = time.monotonic() + 60
    while admin.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_xmin IS NOT NULL"
    ).fetchall():
        assert time.monotonic() < until
        time.sleep(0.1)


def recipe():
    """The statements that docs/field-migration.md prints, as it prints them."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "field-migration.md").read_text(encoding="utf-8")
    block = page.split("```sql")[1].split("```")[0]
    steps = [line.partition("--")[0].strip() for line in block.splitlines()]
    return [step for step in steps if step]


def in_files(admin, canary):
    """The files of the database that hold it."""
    folder = admin.execute(
        "SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()"
    ).fetchone()[0]
    return [
        name
        for (name,) in admin.execute(
            "SELECT f FROM pg_ls_dir(%s) AS f"
            " WHERE position(%s::bytea in coalesce(pg_read_binary_file(%s || '/' || f, 0, 1000000000, true), '')) > 0",
            [folder, canary.encode(), folder],
        )
    ]


def in_writes(admin, canary):
    """The segments of the write-ahead log that hold it; one that is removed meanwhile holds nothing."""
    return [
        name
        for (name,) in admin.execute(
            "SELECT name FROM pg_ls_waldir() WHERE"
            " position(%s::bytea in coalesce(pg_read_binary_file('pg_wal/' || name, 0, size, true), '')) > 0",
            [canary.encode()],
        )
    ]
