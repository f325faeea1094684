"""A row or a sealed detail that was changed past the application is found and named, an older value of it too."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from audit.models import Leaf, Sequenced
from audit.verification.faults import FaultKind
from tests.integration.audit_tree.deeds import found


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
