"""A page of the log costs what fifty leaves cost, however long the log is and however far back the page lies."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connections

from audit import queries, rhythm
from audit.events import Kind
from audit.search import PAGE
from tests.bench import long_log as long
from tests.bench.long_log import ACTORS, SCOPES, START

pytestmark = pytest.mark.slow

LEAVES = 20_000
EVERY = timedelta(seconds=700)


@pytest.fixture
def long_log(own_database) -> None:
    with connections["owner"].cursor() as cursor:
        long.write(cursor, leaves=LEAVES, every=EVERY)


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
    end = START + EVERY * LEAVES
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
        "a common ground": {"basis": "assigned", "before": middle},
        "a ground that nobody had": {"basis": "emergency"},
        "an address": {"address": "192.0.2.17"},
        "an address that nobody had": {"address": "203.0.113.1"},
        "one case": {"scope": scope},
        "one case from the middle": {"scope": scope, "before": middle},
        "one case and month": {"scope": scope, **month},
    }
    # A page is 51 rows, a case has 50 leaves in two tables, a rare event 60; all of it is far below the log.
    costs = {name: rows_read(**criteria) for name, criteria in searches.items()}
    assert {name: cost for name, cost in costs.items() if cost > 500} == {}


def test_heat_map_reads_no_more_of_the_log_than_its_own_stretch(long_log):
    end = START + EVERY * LEAVES
    last = end.date()
    first = last - timedelta(days=6)
    of_a_week = 7 * 24 * 3600 // 700
    for criteria in (
        {"kind": str(Kind.READ)},
        {"actor": ACTORS[7]},
        {"scope": SCOPES[7]},
        {"event": "case.viewed"},
    ):
        counted = rhythm.counted(leaves=queries.search(**criteria), first=first, last=last)
        plan = json.loads(counted.explain(format="json", analyze=True, buffers=True))[0]["Plan"]
        assert _read(plan) <= 2 * (of_a_week + 2), criteria
        assert "Seq Scan" not in json.dumps(plan), criteria


def test_page_says_what_the_leaves_say_in_a_long_log(long_log):
    page = queries.in_words(queries.search(actor=ACTORS[3])[: PAGE + 1])
    assert len(page) == PAGE + 1
    assert {reading.differs for reading in page} == {()}
