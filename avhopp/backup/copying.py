"""Makes a copy: the database as one moment had it, the documents as they lie in the store, and a list of both.

It holds ciphertext alone, and no root key. Nothing is ever removed: copies older than `BACKUP_DAYS` are named, for
whoever has them to destroy.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from avhopp.backup import programs
from avhopp.files import store

DUMP, DOCUMENTS, LIST = "database.dump", "documents", "backup.json"
FORMAT = 1
_NAME = "%Y%m%dT%H%M%SZ"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class CannotBackUp(Exception):
    """The copy cannot be made there; the text says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds, as its list says."""

    made_at: datetime
    dump: str
    tables: dict[str, int]
    documents: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Copied:
        """Read the list of a copy; raises `CannotBackUp` for anything else."""
        try:
            said = json.loads((folder / LIST).read_text(encoding="utf-8"))
            if said.pop("format") != FORMAT:
                raise ValueError
            return cls(**{**said, "made_at": datetime.fromisoformat(said["made_at"])})
        except (OSError, ValueError, KeyError, TypeError):
            raise CannotBackUp(f"{folder} är ingen säkerhetskopia, eller så är dess lista skadad.") from None


def back_up(*, url: str, into: Path, now: datetime, secrets: list[Path]) -> Path:
    """Copy everything into a new folder of `into` and return it; it gets its name when all is there.

    `secrets` are the places of keys, which may not lie beside copies.
    """
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    for secret in secrets:
        if secret.resolve().is_relative_to(into.resolve()):
            raise CannotBackUp(
                f"Rotnyckeln ligger i {into}. Välj en annan mapp: nyckel och kopior hålls isär."
            )
    done = into / f"{now.astimezone(UTC):{_NAME}}"
    partial = into / f".partial-{done.name}"
    partial.mkdir(mode=0o700)
    tables = _dump(url, partial / DUMP)
    documents = {file.hex: digest for file, digest in _documents(partial / DOCUMENTS)}
    said = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "dump": digest_of(partial / DUMP),
        "tables": tables,
        "documents": documents,
    }
    _write(partial / LIST, json.dumps(said, indent=1))
    partial.rename(done)
    return done


def outdated(*, into: Path, now: datetime, days: int) -> list[Path]:
    """The copies that are older than they may be kept, the oldest first."""
    oldest = now - timedelta(days=days)
    return [folder for folder in sorted(into.iterdir()) if (made := _made(folder)) and made < oldest]


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table has."""
    names = [str(name) for (name,) in connection.execute(_TABLES)]
    found = {}
    for name in names:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        found[name] = int(row[0]) if row else 0
    return found


def _dump(url: str, to: Path) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        # The rows are counted as the dump sees them, whoever writes meanwhile.
        programs.run("pg_dump", "--format=custom", f"--snapshot={row[0]}", f"--file={to}", url=url)
        to.chmod(0o600)
        return counts(connection)


def _documents(folder: Path) -> Iterator[tuple[UUID, str]]:
    folder.mkdir(mode=0o700)
    # After the dump: a document that came meanwhile is one too many, and never one too few.
    for file in store.stored_before(datetime.now(UTC) + timedelta(days=1)):
        path = folder / file.hex
        with path.open("xb") as out:
            digest = store.copy(file, out)
        yield file, digest


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _made(folder: Path) -> datetime | None:
    try:
        return datetime.strptime(folder.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
