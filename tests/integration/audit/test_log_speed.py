"""A page of the log costs what fifty leaves cost, however long the log is and however far back the page lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections

from audit import queries
from audit.events import Actor, Kind, SealedSubject, encode, new_leaf_id
from audit.search import PAGE
from avhopp.accounts import events as account_events
from cases import events as case_events

pytestmark = pytest.mark.slow

LEAVES = 20_000
START = datetime(2026, 1, 1, tzinfo=UTC)
ACTORS = [UUID(int=number) for number in range(1, 61)]
SCOPES = [UUID(int=number) for number in range(1000, 1400)]
# Of a thousand leaves: what a log of a working programme is like. A rare kind is the hard case for a long log.
MIX = [case_events.CASE_VIEWED] * 940 + [case_events.NOTE_SAVED] * 57 + [case_events.ACCESS_REFUSED] * 2
MIX += [account_events.SIGN_IN_LOCKED]


def rows() -> Iterator[tuple[tuple, tuple]]:
    for number in range(LEAVES):
        at = START + timedelta(seconds=700 * number)
        event, leaf = MIX[number % len(MIX)], new_leaf_id(at=at)
        actor = Actor(
            user=ACTORS[number % len(ACTORS)], role="case_worker", address=f"192.0.2.{number * 7919 % 250}"
        )
        scope = SCOPES[number * 31 % len(SCOPES)]
        body = encode(
            leaf=leaf,
            at=at,
            event=event,
            actor=actor,
            about=None,
            basis="assigned",
            purpose="case",
            subjects=[SealedSubject(b"\x00" * 130)],
            payload=None,
        )
        kind = str(event.kind)
        yield (
            (leaf, at, event.code, kind, actor.user, actor.role, "assigned", None, actor.address, body, None),
            (uuid4(), leaf, 0, scope, "cases.case", uuid4(), at),
        )


@pytest.fixture
def long_log(own_database) -> None:
    leaves, subjects = zip(*rows(), strict=True)
    with connections["owner"].cursor() as cursor:
        for table, lines in (("audit_leaf", leaves), ("audit_leafsubject", subjects)):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
            cursor.execute(f"ANALYZE {table}")


def rows_read(**criteria) -> int:
    """How many rows of the two tables the database touches for one page, found and thrown away alike."""
    found = queries.search(**criteria)[: PAGE + 1]
    plan = json.loads(found.explain(format="json", analyze=True))[0]["Plan"]
    return _read(plan)


def _read(node: dict) -> int:
    here = 0
    if "Relation Name" in node and not node["Node Type"].startswith("Bitmap Index"):
        per_loop = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        here = int(per_loop * node["Actual Loops"])
    return here + sum(_read(child) for child in node.get("Plans", []))


def test_no_search_reads_the_whole_log_for_one_page(long_log):
    end = START + timedelta(seconds=700 * LEAVES)
    month = {"since": end - timedelta(days=30), "until": end}
    scope, actor = SCOPES[7], ACTORS[7]
    middle = queries.search()[LEAVES // 2].id
    last = queries.search()[LEAVES - 20].id
    searches = {
        "the last thirty days": month,
        "from the middle": {"before": middle},
        "from the end": {"before": last},
        "one person": {"actor": actor},
        "one person from the middle": {"actor": actor, "before": middle},
        "a common event": {"event": "case.viewed", "before": middle},
        "a rare event": {"event": "account.sign_in_locked"},
        "a common kind": {"kind": str(Kind.READ)},
        "a rare kind": {"kind": str(Kind.REFUSAL)},
        "a kind that never happened": {"kind": str(Kind.EXPORT)},
        "an address": {"address": "192.0.2.17"},
        "an address that nobody had": {"address": "203.0.113.1"},
        "one case": {"scope": scope},
        "one case from the middle": {"scope": scope, "before": middle},
        "one case and month": {"scope": scope, **month},
    }
    # A page is 51 rows, a case has 50 leaves in two tables, a rare event 60; all of it is far below the log.
    costs = {name: rows_read(**criteria) for name, criteria in searches.items()}
    assert {name: cost for name, cost in costs.items() if cost > 500} == {}


def test_page_says_what_the_leaves_say_in_a_long_log(long_log):
    page = queries.in_words(queries.search(actor=ACTORS[3])[: PAGE + 1])
    assert len(page) == PAGE + 1
    assert {reading.differs for reading in page} == {()}
