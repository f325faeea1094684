"""The sequencer: takes what waits by presence, once each, and signs what the tree then is; nobody waits for it."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from audit import log
from audit.checkpoint import Stamp, opened
from audit.health import lag
from audit.merkle import check_inclusion, inclusion_proof
from audit.models import Leaf, Node, Pending, Sequenced, SignedCheckpoint
from audit.sequencer import AlreadyRunning, Sequencer, TreeDiffers
from audit.tree_store import StoredTree
from tests.integration.audit_tree.conftest import ACTOR, EVENT, new_key


def test_application_may_not_write_the_tree(running_log):
    running_log.grow()
    statements = [
        "INSERT INTO audit_pending (leaf) VALUES (gen_random_uuid())",
        "DELETE FROM audit_pending",
        "INSERT INTO audit_seq (seq, leaf, hash) VALUES (99, gen_random_uuid(), 'x')",
        "DELETE FROM audit_seq",
        "INSERT INTO audit_checkpoint (number, size, note) VALUES (9, 9, '')",
        "INSERT INTO audit_cosignature (number, line) VALUES (1, '')",
        "INSERT INTO audit_node (level, place, hash) VALUES (8, 0, 'x')",
        "UPDATE audit_heartbeat SET beat_at = now()",
    ]
    with psycopg.connect(running_log.urls.app, autocommit=True) as application:
        for statement in statements:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)


def test_sequencer_may_do_nothing_but_sequence(running_log):
    running_log.grow()
    statements = [
        "SELECT payload FROM audit_leaf",
        "INSERT INTO audit_leaf (id) VALUES (gen_random_uuid())",
        "SELECT * FROM cases_case",
        "SELECT * FROM sealed_scopekey",
        "UPDATE audit_seq SET hash = 'x'",
        "DELETE FROM audit_checkpoint",
        "INSERT INTO audit_pending (leaf) VALUES (gen_random_uuid())",
        "CREATE TABLE mine ()",
    ]
    sequencer = running_log.connection()
    for statement in statements:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sequencer.execute(statement)


def test_every_leaf_gets_one_place_in_the_order_of_writing(running_log):
    running_log.write(7)
    assert running_log.sequence(batch=3) == 7
    assert running_log.sequence() == 0
    places = list(Sequenced.objects.order_by("seq").values_list("seq", "leaf"))
    assert [place for place, _ in places] == list(range(7))
    assert [leaf for _, leaf in places] == list(Leaf.objects.order_by("at").values_list("id", flat=True))
    assert Pending.objects.count() == 0


def test_leaf_of_a_late_commit_is_not_skipped(running_log):
    with psycopg.connect(running_log.urls.app) as slow:
        body = b"{}"
        slow.execute(
            "INSERT INTO audit_leaf (id, at, event, kind, role, basis, address, body)"
            " VALUES (gen_random_uuid(), now(), 'e', 'read', 'r', '', '', %s)",
            [body],
        )
        running_log.write(2)
        assert running_log.sequence() == 2
        slow.commit()
    assert running_log.sequence() == 1
    assert bytes(Leaf.objects.get(pk=Sequenced.objects.get(seq=2).leaf).body) == body


def test_rolled_back_work_leaves_nothing_waiting(running_log):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        log.record(event=EVENT, actor=ACTOR, at=running_log.time)
        raise ZeroDivisionError
    assert Pending.objects.count() == 0


def test_checkpoint_is_signed_by_the_log_and_numbered(running_log):
    running_log.grow()
    running_log.grow()
    notes = SignedCheckpoint.objects.order_by("number").values_list("note", flat=True)
    heads = [opened(note, key=running_log.key.verifier)[0] for note in notes]
    stamps = [Stamp.parse(head.extra) for head in heads]
    assert [head.size for head in heads] == [3, 6]
    assert [stamp.number for stamp in stamps] == [1, 2]
    assert stamps[0].quiet is None
    assert stamps[1].quiet is not None
    assert stamps[1].quiet < stamps[1].at


def test_nothing_new_means_no_new_checkpoint(running_log):
    running_log.grow()
    running_log.sequence()
    assert SignedCheckpoint.objects.count() == 1


def test_stored_tree_proves_each_leaf_across_stored_subtrees(running_log):
    with transaction.atomic():
        for _ in range(600):
            log.record(event=EVENT, actor=ACTOR, at=running_log.time)
    running_log.sequence(batch=250)
    assert Node.objects.filter(level=8).count() == 2
    head, _ = opened(SignedCheckpoint.objects.get(size=600).note, key=running_log.key.verifier)
    subtree = StoredTree(running_log.connection())
    for row in Sequenced.objects.filter(seq__in=[0, 255, 256, 511, 599]):
        proof = inclusion_proof(index=row.seq, size=600, subtree=subtree)
        check_inclusion(leaf=bytes(row.hash), index=row.seq, size=600, proof=proof, root=head.root)
    assert running_log.report(witnesses=[]).is_whole


def test_second_sequencer_is_refused(running_log):
    first = Sequencer(connection=running_log.connection(), key=running_log.key, clock=running_log.now)
    first.begin()
    with pytest.raises(AlreadyRunning):
        running_log.sequence()


def test_sequencer_with_another_key_signs_nothing(running_log):
    running_log.grow()
    running_log.write()
    with pytest.raises(TreeDiffers):
        running_log.sequence(key=new_key())
    assert SignedCheckpoint.objects.count() == 1


def test_sequencer_signs_nothing_over_a_tree_that_was_changed(running_log):
    running_log.grow()
    running_log.tamper("DELETE FROM audit_seq WHERE seq = 2")
    running_log.write()
    with pytest.raises(TreeDiffers):
        running_log.sequence()


def test_failed_batch_loses_nothing(running_log):
    class Broken(type(running_log.key)):
        def sign(self, text):
            raise RuntimeError

    running_log.write(3)
    broken = Broken.parse(running_log.key.written())
    with pytest.raises(RuntimeError):
        running_log.sequence(key=broken)
    assert (Pending.objects.count(), Sequenced.objects.count()) == (3, 0)
    assert running_log.sequence() == 3


def test_recording_takes_no_lock_that_the_sequencer_holds(running_log):
    running_log.grow()
    busy = running_log.connection()
    with busy.transaction():
        busy.execute("SELECT pg_advisory_lock(43)")
        busy.execute("DELETE FROM audit_pending")
        busy.execute("INSERT INTO audit_seq (seq, leaf, hash) VALUES (3, gen_random_uuid(), 'x')")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        running_log.write(3)
        raise psycopg.Rollback
    busy.close()
    assert running_log.sequence() == 3


def test_stopped_sequencer_is_seen_within_a_minute(running_log):
    assert not lag(now=running_log.time).is_well
    running_log.grow()
    assert lag(now=running_log.time).is_well
    found = lag(now=running_log.time + timedelta(seconds=60))
    assert "står still" in found.sentence
    running_log.sequence()
    assert lag(now=running_log.time).is_well
