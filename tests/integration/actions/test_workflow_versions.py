"""What a stage needs changes by versions; a case keeps its own until somebody moves it, and its past for ever."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cases.access import Refused
from cases.actions import stages, workflows
from cases.models import Case, StageRequest, Workflow
from cases.queries.stage_rules import rule_of
from cases.workflow import Gate, Requirement, Stage
from tests.cast import NOW, acting, make_case
from tests.universe.workflows import change, rule


def write(cast, **values):
    given = {"rule": rule(), "change": change(), "valid_from": date(2026, 3, 1), "note": "Mer."}
    with acting(cast.administrator) as actor:
        return workflows.write_version(**{**given, **values}, by=actor, now=NOW)


def move(opened, user):
    with opened(user) as (found, actor):
        return workflows.move_case(opened=found, on=date(2026, 3, 2), by=actor, now=NOW)


def codes(case):
    return [item.code for item in rule_of(case=Case.objects.get(pk=case), target=Stage.INQUIRY).items]


def ask(opened, user, ticked):
    with opened(user) as (found, actor):
        return stages.request_stage(
            opened=found,
            to_stage=Stage.INQUIRY,
            reason="Dags.",
            ticked=ticked,
            closure_reason="",
            by=actor,
            now=NOW,
        )


def test_new_version_is_for_new_cases_and_leaves_those_at_work_alone(cast, case, opened):
    write(cast)
    assert codes(case) == ["need_described", "acute_considered"]
    first, second = codes(make_case(worker=cast.worker))
    assert first == "need_described"
    assert second.startswith("own_")


def test_version_to_come_is_not_used_yet(cast):
    write(cast, valid_from=date(2026, 4, 1))
    assert Case.objects.get(pk=make_case(worker=cast.worker)).workflow.number == 1


def test_moved_case_keeps_what_was_decided_and_voids_what_waits(cast, case, opened):
    request = ask(opened, cast.worker, {"need_described", "acute_considered"})
    write(cast)
    move(opened, cast.worker)
    request = StageRequest.objects.get(pk=request.pk)
    assert request.state == "void"
    assert request.workflow.number == 1
    assert Case.objects.get(pk=case).workflow.number == 2
    with pytest.raises(stages.RequirementMissing):
        ask(opened, cast.worker, set(codes(case)))


def test_case_on_the_newest_version_is_not_moved(cast, case, opened):
    with pytest.raises(workflows.NothingNewer):
        move(opened, cast.worker)


@pytest.mark.parametrize("target", [Stage.ASSESSMENT, Gate.JOINT_PROGRAMME])
def test_no_version_leaves_out_what_the_joint_work_rests_on(cast, target):
    with pytest.raises(workflows.LeavesOutTheLaw):
        write(cast, rule=rule(target), change=change(requires=[]))
    assert Workflow.objects.count() == 1


@pytest.mark.parametrize("values", [{"may_ask": ["auditor"]}, {"may_approve": ["case_worker"]}])
def test_no_version_leaves_a_stage_without_those_who_may(cast, values):
    with pytest.raises(workflows.NobodyLeft):
        write(cast, change=change(**values))


def test_two_who_write_at_once_do_not_write_over_each_other(cast):
    first = rule()
    write(cast, rule=first)
    with pytest.raises(workflows.NotTheNewest):
        write(cast, rule=first)


def test_only_the_keeper_of_the_catalogue_writes_a_version(cast):
    with acting(cast.supervisor) as actor, pytest.raises(Refused):
        workflows.write_version(
            rule=rule(), change=change(), valid_from=date(2026, 3, 1), note="x", by=actor, now=NOW
        )


def test_another_requirement_is_asked_for_in_the_new_version(cast):
    write(cast, change=change(requires=[Requirement.THREAT_ASSESSED]))
    assert rule().requirements == {Requirement.THREAT_ASSESSED}


def test_version_is_not_edited_past_the_application(cast):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_stagerule SET requires = '[]'")
