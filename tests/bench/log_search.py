"""`python -m tests.bench.log_search [leaves]`: what a page of the log, and its heat map, cost in a long log.

Gives for each search how many pages of 8 KiB the database touched and how long the whole statement took, the second of
two times. Ends with 1 when a page touches more than a fifth of the log (a case's page costs what the case's own leaves
cost, and here a case has a four-hundredth of them), or takes more than a fifth of a second.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

LONGEST_MS = 200.0
PART = 5
EVERY = timedelta(seconds=20)


def searches(leaves: int) -> dict[str, dict[str, Any]]:
    """What is asked: near the beginning, in the middle, rare and common."""
    from audit import queries
    from tests.bench.long_log import ACTORS, SCOPES, START

    end = START + EVERY * leaves
    middle = queries.search(until=START + EVERY * (leaves // 2)).first()
    assert middle is not None
    return {
        "everything, the last thirty days": {"since": end - timedelta(days=30), "until": end},
        "everything, from the middle": {"before": middle.pk},
        "one colleague": {"actor": ACTORS[7]},
        "one colleague, from the middle": {"actor": ACTORS[7], "before": middle.pk},
        "a common event, from the middle": {"event": "case.viewed", "before": middle.pk},
        "a rare event": {"event": "account.sign_in_locked"},
        "a rare kind": {"kind": "refusal"},
        "a kind that never happened": {"kind": "export"},
        "a common ground, from the middle": {"basis": "assigned", "before": middle.pk},
        "a ground that nobody had": {"basis": "emergency"},
        "an address": {"address": "192.0.2.17"},
        "an address that nobody had": {"address": "203.0.113.1"},
        "one case": {"scope": SCOPES[7]},
        "one case, from the middle": {"scope": SCOPES[7], "before": middle.pk},
    }


def cost(found: Any) -> tuple[int, float]:
    """How many pages a statement touches, and its milliseconds."""
    touched = 0
    for _ in range(2):
        begun = time.perf_counter()
        plan = json.loads(found.explain(format="json", analyze=True, buffers=True, timing=False))[0]["Plan"]
        touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        milliseconds = (time.perf_counter() - begun) * 1000
    return touched, milliseconds


def heat_maps(leaves: int) -> dict[str, Any]:
    """The heat map of thirteen weeks and of four: of everything, a colleague and a case."""
    from audit import queries, rhythm
    from tests.bench.long_log import ACTORS, SCOPES, START

    last = (START + EVERY * leaves).date()
    read = queries.search(kind="read")

    def of(found: Any, days: int) -> Any:
        return rhythm.counted(leaves=found, first=last - timedelta(days=days - 1), last=last)

    return {
        "heat map, thirteen weeks of everything": of(read, 91),
        "heat map, four weeks of everything": of(read, 28),
        "heat map, thirteen weeks of one colleague": of(queries.search(kind="read", actor=ACTORS[7]), 91),
        "heat map, thirteen weeks of one case": of(queries.search(kind="read", scope=SCOPES[7]), 91),
    }


def main() -> int:
    from django.core.management import call_command
    from django.db import connection, connections

    from audit import queries
    from audit.search import PAGE
    from avhopp.database.embedded import EmbeddedServer
    from avhopp.database.roles import provision
    from avhopp.database.testing import pointing_at
    from tests.bench import long_log

    leaves = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    is_missed = False
    with tempfile.TemporaryDirectory() as folder:
        with EmbeddedServer(Path(folder) / "postgres", durable=False) as server:
            urls = provision(
                admin_url=server.admin_url, database="bench", owner_password=None, app_password=None
            )
            with pointing_at(urls=urls):
                call_command("migrate", verbosity=0, interactive=False)
                with connections["owner"].cursor() as cursor:
                    long_log.write(cursor, leaves=leaves, every=EVERY)
                    cursor.execute("VACUUM audit_leaf, audit_leafsubject")
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_table_size('audit_leaf') / 8192")
                    pages = cursor.fetchone()[0]
                print(f"{leaves:,} leaves, {pages:,} pages\n\n| What | Pages touched | ms |\n|---|---|---|")
                asked = {name: queries.search(**what)[: PAGE + 1] for name, what in searches(leaves).items()}
                for name, found in {**asked, **heat_maps(leaves)}.items():
                    touched, milliseconds = cost(found)
                    is_page = name in asked
                    missed = touched > pages / PART or milliseconds > LONGEST_MS
                    is_missed |= is_page and missed
                    print(f"| {name} | {touched:,} | {milliseconds:.0f} |", flush=True)
    return int(is_missed)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    sys.exit(main())
