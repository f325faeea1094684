"""A leaf that the owner of the database has edited, removed, put in, moved or dated anew is found and named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import events
from audit.events import leaf_hash, timestamp
from audit.models import Leaf
from audit.verification.faults import FaultKind
from tests.integration.audit_tree.conftest import ACTOR, EVENT
from tests.integration.audit_tree.deeds import forged_body, found, leaf_at


def test_untouched_log_is_whole_and_says_since_when(grown):
    faults, report = found(grown, seen=[grown.witness_copy])
    assert faults == set()
    assert (report.size, report.checkpoints, report.witnessed) == (9, 3, 9)
    assert report.first_at == timestamp(Leaf.objects.get(pk=leaf_at(0)).at)


def test_edited_leaf_is_named(grown):
    leaf = leaf_at(4)
    body = forged_body(leaf, at=Leaf.objects.get(pk=leaf).at)
    grown.tamper("UPDATE audit_leaf SET body = %s, basis = 'forged' WHERE id = %s", [body, leaf])
    faults, report = found(grown)
    assert (FaultKind.EDITED, 4) in faults
    assert report.first.entry == 4
    assert "plats 4" in str(report.first)


def test_edited_leaf_with_its_hash_corrected_is_found_by_the_tree(grown):
    leaf = leaf_at(4)
    body = forged_body(leaf, at=Leaf.objects.get(pk=leaf).at)
    grown.tamper("UPDATE audit_leaf SET body = %s, basis = 'forged' WHERE id = %s", [body, leaf])
    grown.tamper("UPDATE audit_seq SET hash = %s WHERE seq = 4", [leaf_hash(body)])
    faults, report = found(grown)
    assert faults == {(FaultKind.REPLACED, 3)}
    assert "plats 3 till 5" in report.first.about


def test_deleted_leaf_is_named(grown):
    grown.tamper("DELETE FROM audit_leaf WHERE id = %s", [leaf_at(5)])
    assert found(grown)[0] == {(FaultKind.REMOVED, 5)}


def test_deleted_leaf_with_its_place_is_named(grown):
    grown.tamper("DELETE FROM audit_leaf WHERE id = %s", [leaf_at(5)])
    grown.tamper("DELETE FROM audit_seq WHERE seq = 5")
    faults, report = found(grown)
    assert report.first.kind is FaultKind.GAP
    assert report.first.entry == 5
    assert FaultKind.BACKDATED not in {kind for kind, _ in faults}


def test_leaf_inserted_beside_the_tree_is_named(grown):
    with grown.owner() as owner:
        owner.execute(
            "INSERT INTO audit_leaf (id, at, event, kind, role, basis, address, body)"
            " VALUES (gen_random_uuid(), now(), 'e', 'read', 'r', '', '', 'x')"
        )
    assert found(grown)[0] == {(FaultKind.INSERTED, None)}


def test_leaf_beside_the_tree_is_not_hidden_by_a_queue_that_names_another_twice(grown):
    with grown.owner() as owner:
        owner.execute(
            "INSERT INTO audit_leaf (id, at, event, kind, role, basis, address, body)"
            " VALUES (gen_random_uuid(), now(), 'e', 'read', 'r', '', '', 'x')"
        )
        owner.execute("INSERT INTO audit_pending (leaf) SELECT leaf FROM audit_seq WHERE seq = 0")
    assert found(grown)[0] == {(FaultKind.INSERTED, None)}


def test_leaf_inserted_at_the_end_of_the_tree_is_named(grown):
    with grown.owner() as owner:
        owner.execute("INSERT INTO audit_seq (seq, leaf, hash) VALUES (9, gen_random_uuid(), 'x')")
    assert (FaultKind.UNSIGNED, 9) in found(grown)[0]


def test_swapped_leaves_are_named_with_where_they_belong(grown):
    one, two = leaf_at(2), leaf_at(6)
    grown.tamper("UPDATE audit_seq SET leaf = gen_random_uuid() WHERE seq = 6")
    grown.tamper("UPDATE audit_seq SET leaf = %s WHERE seq = 2", [two])
    grown.tamper("UPDATE audit_seq SET leaf = %s WHERE seq = 6", [one])
    faults, report = found(grown)
    assert {(FaultKind.MOVED, 2), (FaultKind.MOVED, 6)} <= faults
    assert "hör till plats 6" in report.first.about


def test_leaf_dated_back_through_the_front_door_is_named(grown):
    body_at = grown.time - timedelta(minutes=30)
    grown.time += timedelta(minutes=20)
    grown.sequence()
    with grown.owner() as owner:
        owner.execute("ALTER TABLE audit_leaf ENABLE ALWAYS TRIGGER leaf_waits")
        leaf = events.new_leaf_id(at=body_at)
        owner.execute(
            "INSERT INTO audit_leaf (id, at, event, kind, role, basis, address, body)"
            " VALUES (%s, %s, %s, 'read', %s, 'forged', '', %s)",
            [leaf, body_at, EVENT.code, ACTOR.role, forged_body(leaf, at=body_at)],
        )
    grown.grow(1)
    assert found(grown)[0] == {(FaultKind.BACKDATED, 9)}


def test_leaf_dated_forward_is_named(grown):
    ahead = grown.time + timedelta(minutes=10)
    before, grown.time = grown.time, ahead
    grown.write()
    grown.time = before
    grown.sequence()
    grown.witness()
    assert (FaultKind.BACKDATED, 9) in found(grown)[0]


@pytest.mark.parametrize("column", ["at", "event", "kind", "actor", "role", "basis", "about", "address"])
def test_changed_search_column_is_named(grown, column):
    values = {"at": "now()", "kind": "'grant'", "actor": "gen_random_uuid()", "about": "gen_random_uuid()"}
    value = values.get(column, "'x'")
    statement = f"UPDATE audit_leaf SET {column} = {value} WHERE id = %s"
    if column == "kind":
        # Only a declared event has a kind of its own to compare with.
        grown.write(0)
        events.EVENTS[EVENT.code] = EVENT
    try:
        grown.tamper(statement, [leaf_at(3)])
        faults, report = found(grown)
    finally:
        events.EVENTS.pop(EVENT.code, None)
    assert faults == {(FaultKind.COPY, 3)}
    assert column in report.first.about


@pytest.mark.parametrize("missing", ["'x'", "NULL"])
def test_columns_that_read_alike_when_laid_together_are_told_apart(grown, missing):
    """Columns are compared as one text; what moves from one of them into the one before must not go unseen."""
    with grown.owner() as owner:
        owner.execute("ALTER TABLE audit_leaf ALTER basis DROP NOT NULL")
        owner.execute(
            f"UPDATE audit_leaf SET address = address || E'\\x1f' || basis, basis = {missing} WHERE id = %s",
            [leaf_at(3)],
        )
    assert found(grown)[0] == {(FaultKind.COPY, 3)}


def test_place_that_is_given_twice_is_named(grown):
    with grown.owner() as owner:
        owner.execute("ALTER TABLE audit_seq DROP CONSTRAINT audit_seq_pkey")
        owner.execute("UPDATE audit_seq SET seq = 3 WHERE seq = 4")
    assert (FaultKind.GAP, 4) in {(fault.kind, fault.entry) for fault in grown.report().faults}


def test_leaf_kept_out_of_the_queue_is_named(grown):
    """The trigger is dropped for a moment: the leaf is written and never gets a place."""
    with grown.owner() as owner:
        grown.write()
        owner.execute("SELECT 1")
    grown.sequence()
    assert found(grown)[0] == {(FaultKind.INSERTED, None)}
