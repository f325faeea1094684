"""A tree, a checkpoint or a cosignature that is cut, dropped, put back or written anew is found and named; without a
witness the report says what could not be excluded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from audit import log
from audit.checkpoint import Checkpoint, Stamp
from audit.events import leaf_hash
from audit.merkle import CompactRange
from audit.models import Leaf
from audit.note import Note
from audit.submission import WitnessRefused
from audit.verification.faults import FaultKind
from tests.integration.audit_tree.conftest import ACTOR, EVENT
from tests.integration.audit_tree.deeds import forged_body, found, leaf_at


def test_truncated_log_is_found_by_what_the_witness_holds(grown):
    seen = grown.witness_copy
    with grown.owner() as owner:
        owner.execute("DELETE FROM audit_leaf WHERE id IN (SELECT leaf FROM audit_seq WHERE seq >= 6)")
        owner.execute("DELETE FROM audit_seq WHERE seq >= 6")
        owner.execute("DELETE FROM audit_checkpoint WHERE size > 6")
        owner.execute("DELETE FROM audit_cosignature WHERE number > 2")
    faults, report = found(grown, seen=[seen])
    assert faults == {(FaultKind.TRUNCATED, 6)}
    assert "9 blad har signerats, 6 finns" in str(report.first)
    without = grown.report()
    assert without.is_whole
    assert any("tidigare dag går inte att utesluta" in note for note in without.notes)


def test_truncated_leaves_under_a_kept_checkpoint_are_found_without_any_witness(grown):
    with grown.owner() as owner:
        owner.execute("DELETE FROM audit_leaf WHERE id IN (SELECT leaf FROM audit_seq WHERE seq >= 6)")
        owner.execute("DELETE FROM audit_seq WHERE seq >= 6")
    assert found(grown, witnesses=[])[0] == {(FaultKind.REMOVED, 6)}


def test_dropped_checkpoint_is_named(grown):
    grown.tamper("DELETE FROM audit_checkpoint WHERE number = 2")
    faults, report = found(grown)
    assert faults == {(FaultKind.CHECKPOINT_GONE, 3)}
    assert "nr 2" in report.first.about


def test_dropped_last_checkpoint_is_named(grown):
    grown.tamper("DELETE FROM audit_checkpoint WHERE number = 3")
    assert (FaultKind.UNSIGNED, 6) in found(grown)[0]


def test_edited_checkpoint_is_named(grown):
    grown.tamper("UPDATE audit_checkpoint SET note = replace(note, 'number 2', 'number 7') WHERE number = 2")
    assert (FaultKind.CHECKPOINT, 3) in found(grown)[0]


def test_forged_cosignature_is_named(grown):
    grown.tamper(
        "UPDATE audit_cosignature SET line = (SELECT line FROM audit_cosignature WHERE number = 1) WHERE number = 2"
    )
    assert (FaultKind.COSIGNATURE, 3) in found(grown)[0]


def test_dropped_cosignatures_are_named_once_the_witness_should_have_signed(grown):
    grown.tamper("DELETE FROM audit_cosignature WHERE number = 3")
    assert grown.report().is_whole
    grown.time += timedelta(minutes=16)
    assert found(grown)[0] == {(FaultKind.UNWITNESSED, 6)}


def test_edited_stored_subtree_is_named(running_log):
    with transaction.atomic():
        for _ in range(300):
            log.record(event=EVENT, actor=ACTOR, at=running_log.time)
    running_log.grow()
    assert running_log.report().is_whole
    running_log.tamper("UPDATE audit_node SET hash = sha256('x') WHERE level = 8")
    assert found(running_log)[0] == {(FaultKind.NODE, 0)}


def test_yesterdays_tree_put_back_is_refused_by_the_witness_and_found(grown):
    """The whole database goes back to an earlier day and the log grows again from there."""
    seen = grown.witness_copy
    with grown.owner() as owner:
        owner.execute("DELETE FROM audit_leaf WHERE id IN (SELECT leaf FROM audit_seq WHERE seq >= 3)")
        owner.execute("DELETE FROM audit_seq WHERE seq >= 3")
        owner.execute("DELETE FROM audit_checkpoint WHERE size > 3")
        owner.execute("DELETE FROM audit_cosignature WHERE number > 1")
    grown.write(8)
    grown.sequence()
    with pytest.raises(WitnessRefused, match="forked"):
        grown.witness()
    assert (FaultKind.FORKED, None) in found(grown, seen=[seen])[0]


def rewrite(running):
    """Rewrite everything with the stolen key: one leaf changed, all hashes, all checkpoints new and well signed."""
    leaf = leaf_at(1)
    body = forged_body(leaf, at=Leaf.objects.get(pk=leaf).at)
    with running.owner() as owner:
        owner.execute("UPDATE audit_leaf SET body = %s, basis = 'forged' WHERE id = %s", [body, leaf])
        owner.execute("UPDATE audit_seq SET hash = %s WHERE seq = 1", [leaf_hash(body)])
        hashes = [bytes(row[0]) for row in owner.execute("SELECT hash FROM audit_seq ORDER BY seq")]
        notes = owner.execute("SELECT number, size, note FROM audit_checkpoint ORDER BY number").fetchall()
        for number, size, raw in notes:
            stamp = Stamp.parse(Checkpoint.parse(Note.parse(raw).text).extra)
            tree = CompactRange()
            tree.extend(hashes[:size])
            head = Checkpoint(running.key.verifier.name, size, tree.root(), stamp.lines)
            signed = str(Note(head.text, (running.key.sign(head.text),)))
            owner.execute("UPDATE audit_checkpoint SET note = %s WHERE number = %s", [signed, number])


def test_rewriting_everything_with_the_stolen_key_is_found_by_the_witness(grown):
    seen = grown.witness_copy
    rewrite(grown)
    assert (FaultKind.COSIGNATURE, 3) in found(grown)[0]
    assert (FaultKind.FORKED, None) in found(grown, seen=[seen])[0]
    grown.tamper("DELETE FROM audit_cosignature")
    assert (FaultKind.UNWITNESSED, 0) in found(grown)[0]


def test_rewriting_with_the_stolen_key_passes_without_a_witness_and_the_report_says_so(grown):
    rewrite(grown)
    report = grown.report(witnesses=[])
    assert report.is_whole
    assert any(
        note.startswith("Inget vittne") and "Det går inte att utesluta" in note for note in report.notes
    )


def test_another_logs_key_verifies_nothing(grown):
    from tests.integration.audit_tree.conftest import new_key

    assert (FaultKind.CHECKPOINT, None) in found(grown, log_key=new_key().verifier)[0]
