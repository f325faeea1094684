"""Proves that a copy can be used: restores it into a database of its own, looks, and removes that database again.

Whole files, as many rows, the log's tree, and a sample of keys and values that open. It touches no other database and
no copy.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from avhopp.backup import programs
from avhopp.backup.copying import DOCUMENTS, DUMP, Copied, counts, digest_of
from avhopp.database.roles import address

_MANAGE = Path(__file__).parents[2] / "manage.py"
_KEYS = ("sealed_epochkey", "sealed_indexroot", "sealed_scopekey")


class DrillFailed(Exception):
    """The copy cannot be used; the text says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Roles:
    """In whose name what was restored is looked at."""

    worker: str
    keeper: str


Say = Callable[[str], None]


def drill(
    *, copy: Path, server: str, roles: Roles, say: Say, log_key: str = "", keys_from: Path | None = None
) -> None:
    """Hold the drill; raises `DrillFailed` with what is wrong.

    `server` is the address of somebody who may make databases. `keys_from` is a newer copy whose key tables replace
    those of this one, as when old data is restored after keys have been destroyed.
    """
    said = Copied.read(copy)
    _whole(copy, said, say)
    with _scratch(server) as url:
        programs.run("pg_restore", "--exit-on-error", "--dbname", "", str(copy / DUMP), url=url)
        with psycopg.connect(url) as connection:
            found = counts(connection)
        different = sorted(
            name for name in found.keys() | said.tables.keys() if found.get(name) != said.tables.get(name)
        )
        if different:
            raise DrillFailed(f"Antalet rader stämmer inte i {', '.join(different)}.")
        say(f"{sum(found.values())} rader i {len(found)} tabeller: lika många som när kopian gjordes.")
        if keys_from is not None:
            _take_keys(keys_from, url)
            say("Nycklarnas tabeller är den nyare kopians.")
        if log_key:
            _manage(url, roles.worker, "verify_log", "--log-key", log_key, "--witness-url", "")
            say("Loggen är hel.")
        else:
            say("Loggens träd kontrollerades inte: LOG_PUBLIC_KEY saknas.")
        _manage(url, roles.keeper, "keys", "reencrypt", "--dry-run")
        say("Ett stickprov av nycklar och uppgifter gick att öppna.")


def _whole(copy: Path, said: Copied, say: Say) -> None:
    if digest_of(copy / DUMP) != said.dump:
        raise DrillFailed("Databasens fil är inte den som kopian gjordes med.")
    for name, digest in said.documents.items():
        path = copy / DOCUMENTS / name
        if not path.exists():
            raise DrillFailed(f"Handlingen {name} saknas i kopian.")
        if digest_of(path) != digest:
            raise DrillFailed(f"Handlingen {name} är inte den som kopierades.")
    say(f"Filerna är hela: databasen och {len(said.documents)} handlingar.")


@contextmanager
def _scratch(server: str) -> Iterator[str]:
    name = f"avhopp_drill_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            admin.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            yield address(
                admin_url=server,
                database=name,
                role=admin.info.user,
                password=str(conninfo_to_dict(server).get("password") or ""),
            )
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _take_keys(newer: Path, url: str) -> None:
    tables = sql.SQL(", ").join(map(sql.Identifier, _KEYS))
    with psycopg.connect(url) as connection:
        for name in _KEYS:
            # Here alone, in a database that is gone in a minute: nobody may empty these tables otherwise.
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(sql.Identifier(name)))
        connection.execute(sql.SQL("TRUNCATE {}").format(tables))
    chosen = [f"--table={name}" for name in _KEYS]
    arguments = ("--data-only", "--disable-triggers", "--exit-on-error", *chosen, "--dbname", "")
    programs.run("pg_restore", *arguments, str(newer / DUMP), url=url)


def _manage(url: str, role: str, *arguments: str) -> None:
    """Run a command of our own on what was restored, in the name of a role."""
    known = conninfo_to_dict(url)
    environment = {**os.environ, "DATABASE_URL": url, "PGOPTIONS": f"-c role={role}"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(_MANAGE), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().replace(str(known.get("password") or "\0"), "…")
        raise DrillFailed(f"manage.py {arguments[0]} säger: {said[-400:]}")
