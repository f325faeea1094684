"""Whoever has the whole database and the store, but no key, cannot make one document's file open as another's."""

from __future__ import annotations

from contextlib import contextmanager

import psycopg
import pytest
from django.db import transaction

from avhopp.crypto.envelope import CannotOpen
from avhopp.files.sealing import Damaged
from cases.models import Document
from cases.queries.documents import file_of
from tests.universe import World
from tests.universe.documents import PDF, add

OTHER = PDF + b"%den andra"


@pytest.fixture
def two(own_database, cast, case, opened, store_folder):
    """Two documents of one case."""
    world = World(cast, case, opened)
    with transaction.atomic():
        return add(world).pk, add(world, OTHER).pk


@pytest.fixture
def owner(own_database):
    """The owner of the table, who has taken its lock away."""

    @contextmanager
    def unlocked():
        with psycopg.connect(own_database.owner) as connection:
            connection.execute("ALTER TABLE cases_document DISABLE TRIGGER USER")
            yield connection

    return unlocked


def exchange(connection, two, *columns: str) -> None:
    """Let two rows have each other's values, one after another because ids of files are unique."""
    rows = [
        connection.execute(f"SELECT {', '.join(columns)} FROM cases_document WHERE id = %s", [pk]).fetchone()
        for pk in two
    ]
    if "blob" in columns:
        connection.execute("UPDATE cases_document SET blob = gen_random_uuid()")
    setting = ", ".join(f"{column} = %s" for column in columns)
    for pk, row in zip(two, reversed(rows), strict=True):
        connection.execute(f"UPDATE cases_document SET {setting} WHERE id = %s", [*row, pk])


def read(opened, user, pk) -> bytes:
    with transaction.atomic(), opened(user):
        held, pieces = file_of(Document.objects.get(pk=pk))
        with held:
            return b"".join(pieces)


def test_untouched_documents_open(cast, opened, two):
    assert [read(opened, cast.worker, pk) for pk in two] == [PDF, OTHER]


def test_exchanged_columns_in_clear_lead_to_no_other_file(cast, opened, two, owner):
    with owner() as connection:
        exchange(connection, two, "blob", "digest")
    with pytest.raises(Damaged):
        read(opened, cast.worker, two[0])


def test_exchanged_sealed_ids_do_not_open(cast, opened, two, owner):
    with owner() as connection:
        exchange(connection, two, "file", "blob", "digest")
    with pytest.raises(CannotOpen):
        read(opened, cast.worker, two[0])


def test_exchanged_files_do_not_open_though_their_digests_fit(cast, opened, two, owner, store_folder):
    with transaction.atomic(), opened(cast.worker):
        names = [document.blob.hex for document in (Document.objects.get(pk=pk) for pk in two)]
    paths = [store_folder / name[:2] / name for name in names]
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, reversed(contents), strict=True):
        path.write_bytes(content)
    with pytest.raises(Damaged):
        read(opened, cast.worker, two[0])
    with owner() as connection:
        exchange(connection, two, "digest")
    with pytest.raises(Damaged):
        read(opened, cast.worker, two[0])


def test_row_moved_to_another_case_does_not_open_there(cast, opened, two, owner, foreign_case):
    with owner() as connection:
        connection.execute("UPDATE cases_document SET case_id = %s WHERE id = %s", [foreign_case, two[0]])
    with transaction.atomic(), opened(cast.stranger, which=foreign_case), pytest.raises(CannotOpen):
        file_of(Document.objects.get(pk=two[0]))
