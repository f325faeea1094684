"""What a hostile owner of the database can do to the log, and that each deed is found and named.

Each test changes a committed copy with every guard off. The same set-up untouched verifies, so that a finding is the
deed's and not the set-up's.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from audit import events, log
from audit.checkpoint import Checkpoint, Stamp
from audit.events import leaf_hash, timestamp
from audit.merkle import CompactRange
from audit.models import Leaf, Sequenced
from audit.note import Note
from audit.review.months import STOCKHOLM
from audit.submission import WitnessRefused
from audit.verification.faults import FaultKind
from tests.integration.audit_tree.conftest import ACTOR, EVENT


@pytest.fixture
def grown(running_log):
    """Nine leaves under three cosigned checkpoints."""
    for _ in range(3):
        running_log.grow()
    assert running_log.report(seen=[running_log.witness_copy]).is_whole
    return running_log


# What only the system can see: its own subtrees, and what its own keys open.
GRANTS = {FaultKind.GRANT_UNKNOWN, FaultKind.GRANT_CHANGED, FaultKind.GRANT_GONE}
ONLY_INSIDE = {FaultKind.NODE, FaultKind.TOKEN, FaultKind.KEY_GONE, *GRANTS}


def found(running, **given):
    """The faults that the system finds; the one-file verifier must find the same in an export."""
    report = running.report(**given)
    kinds = {fault.kind.value for fault in report.faults if fault.kind not in ONLY_INSIDE}
    assert kinds == running.standalone_faults(**given)
    return {(fault.kind, fault.entry) for fault in report.faults}, report


def leaf_at(place: int):
    return Sequenced.objects.get(seq=place).leaf


def forged_body(leaf, *, at):
    return events.encode(
        leaf=leaf,
        at=at,
        event=EVENT,
        actor=ACTOR,
        about=None,
        basis="forged",
        purpose="",
        subjects=[],
        payload=None,
    )


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


def edited(cast, opened, at):
    from cases.actions.cases import edit_case

    with transaction.atomic(), opened(cast.worker, at=at) as (case, actor):
        edit_case(opened=case, changes={"need": "Nytt"}, version=1, by=actor, now=at)


def test_sealed_cell_rolled_back_is_named(running_log, cast, case, opened):
    from cases.models import Case

    old = bytes(Case.objects.values_list("need", flat=True).get(pk=case))
    running_log.grow()
    running_log.time += timedelta(seconds=5)
    edited(cast, opened, running_log.time)
    running_log.grow()
    assert running_log.report().is_whole
    running_log.tamper("UPDATE cases_case SET need = %s WHERE id = %s", [old, case])
    # The line of the search index is taken away too: the token in the leaf still names the row.
    running_log.tamper("DELETE FROM audit_leafsubject")
    faults, report = found(running_log)
    assert {kind for kind, _ in faults} == {FaultKind.ROW_CHANGED}
    assert str(case) in report.first.about
    assert report.first.entry == Sequenced.objects.get(leaf=Leaf.objects.get(event="case.edited").id).seq


def test_row_deleted_or_put_in_past_the_application_is_named(running_log, cast, case, opened):
    from cases.actions import notes

    with transaction.atomic(), opened(cast.worker, at=running_log.time) as (found_case, actor):
        kept = notes.start(opened=found_case, by=actor, now=running_log.time)
    running_log.grow()
    assert running_log.report().is_whole
    running_log.tamper("UPDATE cases_note SET id = gen_random_uuid() WHERE id = %s", [kept.pk])
    assert {kind for kind, _ in found(running_log)[0]} == {FaultKind.ROW_GONE, FaultKind.ROW_UNKNOWN}


def test_leaf_kept_out_of_the_queue_is_named(grown):
    """The trigger is dropped for a moment: the leaf is written and never gets a place."""
    with grown.owner() as owner:
        grown.write()
        owner.execute("SELECT 1")
    grown.sequence()
    assert found(grown)[0] == {(FaultKind.INSERTED, None)}


def test_draft_thrown_away_by_its_author_is_no_fault(running_log, cast, case, opened):
    from cases.actions import notes

    with transaction.atomic(), opened(cast.worker, at=running_log.time) as (found_case, actor):
        mine = notes.start(opened=found_case, by=actor, now=running_log.time)
        notes.discard(opened=found_case, note=mine, version=mine.version, by=actor, now=running_log.time)
    running_log.grow()
    report = running_log.report()
    assert report.is_whole
    assert report.rows


def test_row_written_by_a_leaf_that_still_waits_is_no_fault(running_log, cast, case, opened):
    running_log.grow()
    running_log.time += timedelta(seconds=5)
    edited(cast, opened, running_log.time)
    report = running_log.report()
    assert report.is_whole
    assert any("väntar ännu" in note for note in report.notes)


def test_edited_detail_is_named(running_log, cast, case):
    running_log.grow()
    leaf = Leaf.objects.get(event="case.opened")
    running_log.tamper("UPDATE audit_leaf SET payload = '\\x00' WHERE id = %s", [leaf.id])
    place = Sequenced.objects.get(leaf=leaf.id).seq
    assert (FaultKind.PAYLOAD, place) in found(running_log)[0]


def disposed(running, case):
    """What disposal does: the search lines go, the keys go, the rows go; the leaves stay."""
    from cases.models import Case, Person

    with running.owner() as owner:
        scopes = [
            case,
            *(row[0] for row in owner.execute("SELECT person_id FROM cases_case WHERE id = %s", [case])),
        ]
        owner.execute("DELETE FROM audit_leafsubject WHERE scope = ANY(%s)", [scopes])
        owner.execute(
            "UPDATE sealed_scopekey SET wrapped = NULL, state = 'destroyed' WHERE scope = ANY(%s)", [scopes]
        )
        for model in (Case, Person):
            # Whatever hangs on a case or a person goes with it, also what is added to the programme later.
            for hanging in model._meta.get_fields(include_hidden=True):
                if hanging.auto_created and not hanging.concrete and hanging.related_model is not Case:
                    table, column = hanging.related_model._meta.db_table, hanging.field.column
                    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                    owner.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [scopes])
            owner.execute(f"DELETE FROM {model._meta.db_table} WHERE id = ANY(%s)", [scopes])
    return scopes


def test_log_of_a_disposed_case_is_whole_and_ties_nobody_to_it(running_log, cast, case, foreign_case):
    import base64
    import json

    from avhopp.crypto import token
    from avhopp.crypto.envelope import CannotOpen
    from avhopp.sealed import keyring

    running_log.grow()
    root = running_log.report().root
    scopes = disposed(running_log, case)
    report = running_log.report(seen=[running_log.witness_copy])
    assert report.is_whole
    assert report.root == root
    assert report.disposed
    with pytest.raises(keyring.KeyDestroyed):
        keyring.load(scopes)
    left = keyring.load([foreign_case])[foreign_case]
    for leaf in Leaf.objects.all():
        written = bytes(leaf.body)
        assert not any(str(scope).encode() in written or scope.hex.encode() in written for scope in scopes)
        for subject in json.loads(written)["subjects"]:
            for key in left:
                try:
                    opened_token = token.open_subject(key, base64.b64decode(subject["token"]))
                except CannotOpen:
                    continue
                assert not any(scope.bytes in opened_token for scope in scopes)


def test_key_row_deleted_instead_of_destroyed_is_named(running_log, cast, case):
    running_log.grow()
    running_log.tamper("DELETE FROM sealed_scopekey WHERE scope = %s", [case])
    assert FaultKind.KEY_GONE in {kind for kind, _ in found(running_log)[0]}


def test_request_that_falls_with_an_edit_is_written_down(running_log, cast, case, opened):
    from cases.actions import stages
    from cases.catalogue.stage_rules import CHECKLISTS
    from cases.models import StageRequest
    from cases.workflow import Stage

    with transaction.atomic(), opened(cast.worker, at=running_log.time) as (found_case, actor):
        stages.request_stage(
            opened=found_case,
            to_stage=Stage.INQUIRY,
            reason="Prövas.",
            ticked={item.code for item in CHECKLISTS[Stage.INQUIRY]},
            closure_reason="",
            by=actor,
            now=running_log.time,
        )
    edited(cast, opened, running_log.time)
    assert StageRequest.objects.get().state == "void"
    running_log.grow()
    assert found(running_log)[0] == set()


def test_verdict_of_a_review_that_the_owner_rewrites_is_named(running_log, cast):
    from audit.models import ReviewItem, ReviewVerdict
    from audit.review.choices import Verdict
    from tests.integration.audit_review.conftest import JANUARY, MARCH, Office, morning_after

    office = Office(cast)
    with transaction.atomic():
        office.commit()
        office.open(cast.supervisor, office.case(), at=JANUARY.starts_at + timedelta(hours=23))
        office.draw(JANUARY)
        hit = ReviewItem.objects.get(kind="hit")
        office.judge(hit, by=cast.auditor, verdict=Verdict.REMARK, remark="Varför?")
    running_log.time = morning_after(MARCH) + timedelta(seconds=1)
    running_log.sequence()
    running_log.witness()
    faults, report = found(running_log)
    assert faults == set()
    assert report.rows > 5
    verdict = ReviewVerdict.objects.get()
    running_log.tamper("UPDATE audit_reviewverdict SET verdict = 'clear' WHERE id = %s", [verdict.pk])
    faults, report = found(running_log)
    assert {kind for kind, _ in faults} == {FaultKind.ROW_CHANGED}
    assert f"audit.reviewverdict {verdict.pk}" in report.first.about


@pytest.fixture
def granted(running_log, cast):
    """A case with its first grants, one that was given and ended, and one that still waits for its place."""
    from cases.access import get_case
    from cases.actions import grants
    from tests.cast import acting, make_case

    case = make_case(worker=cast.worker, at=running_log.time)
    ended = give(running_log, cast, case, cast.co_worker)
    with acting(cast.supervisor, at=running_log.time) as actor, transaction.atomic():
        opened = get_case(actor=actor, case=case, at=running_log.time)
        grants.end(opened=opened, grant=ended, by=actor, now=running_log.time + timedelta(seconds=1))
    running_log.grow()
    give(running_log, cast, case, cast.colleague)
    faults, report = found(running_log)
    assert faults == set()
    assert report.grants == 4
    assert report.waiting > 0
    return case


def give(running_log, cast, case, user):
    from cases.access import get_case
    from cases.actions import grants
    from cases.models import Basis
    from tests.cast import acting

    with acting(cast.supervisor, at=running_log.time) as actor, transaction.atomic():
        opened = get_case(actor=actor, case=case, at=running_log.time)
        return grants.give(
            opened=opened, user=user, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=running_log.time
        )


def test_grant_that_somebody_gives_herself_by_sql_is_named(running_log, granted, cast):
    running_log.tamper(
        "INSERT INTO cases_casegrant (id, user_id, permission_id, content_object_id, starts_at, expires_at, basis,"
        " granted_by_id) SELECT gen_random_uuid(), %s, permission_id, content_object_id, starts_at,"
        " '9999-12-31 00:00:00+00', basis, granted_by_id FROM cases_casegrant LIMIT 1",
        [cast.stranger.pk],
    )
    faults, report = found(running_log)
    assert {kind for kind, _ in faults} == {FaultKind.GRANT_UNKNOWN}
    assert report.first.about.startswith("cases.casegrant ")


@pytest.mark.parametrize(
    "change",
    [
        "expires_at = '9999-12-31 00:00:00+00'",
        "basis = 'approver'",
        "starts_at = '2020-01-01 00:00:00+00'",
        "user_id = (SELECT id FROM accounts_user WHERE name = 'Stranger')",
    ],
)
def test_grant_that_is_changed_by_sql_is_named_with_the_leaf_that_told_of_it(
    running_log, granted, cast, change
):
    running_log.tamper(f"UPDATE cases_casegrant SET {change} WHERE user_id = %s", [cast.co_worker.pk])
    faults, _ = found(running_log)
    ((kind, entry),) = faults
    assert kind is FaultKind.GRANT_CHANGED
    assert Leaf.objects.get(pk=leaf_at(entry)).event == "grant.ended"


def test_grant_that_waits_is_compared_too(running_log, granted, cast):
    running_log.tamper("UPDATE cases_casegrant SET basis = 'deputy' WHERE user_id = %s", [cast.colleague.pk])
    assert found(running_log)[0] == {(FaultKind.GRANT_CHANGED, None)}


def test_grant_that_is_taken_away_by_sql_is_named(running_log, granted, cast):
    running_log.tamper("DELETE FROM cases_casegrant WHERE user_id = %s", [cast.co_worker.pk])
    faults, _ = found(running_log)
    assert {kind for kind, _ in faults} == {FaultKind.GRANT_GONE}


def test_grant_given_in_another_zone_is_the_same_grant(running_log, cast):
    from tests.cast import make_case

    make_case(worker=cast.worker, at=running_log.time.astimezone(STOCKHOLM))
    assert found(running_log)[0] == set()


def test_leaf_that_tells_of_a_grant_in_a_payload_without_the_key_is_named(running_log, granted):
    leaf = Leaf.objects.filter(event="grant.ended").get()
    running_log.tamper(
        "UPDATE audit_leaf SET payload = %s WHERE id = %s", [bytes(leaf.payload)[:-1] + b"x", leaf.pk]
    )
    assert FaultKind.TOKEN in {fault.kind for fault in running_log.report().faults}
