"""The table of stages, whole: what is a way, what is not, and the diagram that is generated from it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from cases.catalogue.stage_rules import ALWAYS, DEFAULTS
from cases.policies import RULES, WHEN_TRANSFERRED, Permission, Question, Refusal, decide
from cases.workflow import (
    GATE_NAMES,
    ORDER,
    STAGE_NAMES,
    STANDING_NAMES,
    STANDING_WAYS,
    TRACK_NAMES,
    WAYS,
    Gate,
    Requirement,
    Stage,
    Standing,
    Track,
    diagram,
    first_stage,
    is_ended,
    is_way,
    next_stages,
    targets,
)

DIAGRAM = Path(__file__).parents[3] / "docs" / "stages.md"


@pytest.mark.parametrize("track", list(Track))
def test_case_can_be_led_from_start_to_follow_up(track):
    stage = first_stage(track)
    seen = [stage]
    while stage != Stage.FOLLOWED_UP:
        stage = next_stages(track=track, stage=stage)[0]
        seen.append(stage)
        assert len(seen) <= len(Stage)
    assert seen == list(ORDER[track])


@pytest.mark.parametrize("track", list(Track))
def test_every_stage_before_closure_can_be_closed(track):
    order = ORDER[track]
    for stage in order[: order.index(Stage.CLOSED)]:
        assert is_way(track=track, origin=stage, target=Stage.CLOSED)


@pytest.mark.parametrize("track", list(Track))
def test_nothing_leads_back_out_of_an_ended_case(track):
    ended = {stage for stage in Stage if is_ended(stage)}
    assert not {way for way in WAYS if way.track == track and way.origin in ended and way.target not in ended}


def test_pair_outside_the_table_is_no_way():
    listed = {(way.track, way.origin, way.target) for way in WAYS}
    for track, origin, target in product(Track, Stage, Stage):
        assert is_way(track=track, origin=origin, target=target) is ((track, origin, target) in listed)
    assert not is_way(track=Track.EXIT, origin=Stage.INTAKE, target=Stage.ESTABLISHING)
    assert not is_way(track=Track.PREVENTION, origin=Stage.PRELIMINARY, target=Stage.ACUTE)


def test_acute_protection_may_come_before_the_inquiry_is_done():
    for origin in (Stage.INTAKE, Stage.ASSESSMENT, Stage.INQUIRY):
        assert is_way(track=Track.EXIT, origin=origin, target=Stage.ACUTE)


def test_stages_of_a_track_are_those_of_its_ways():
    for way in WAYS:
        assert {way.origin, way.target} <= set(ORDER[way.track])


def test_every_stage_and_track_has_a_name_in_words():
    assert set(STAGE_NAMES) == set(Stage)
    assert set(TRACK_NAMES) == set(Track)


def test_every_target_of_every_track_has_its_needs_once():
    listed = [(needs.track, needs.target) for needs in DEFAULTS]
    wanted = {(track, stage) for track, order in ORDER.items() for stage in order[1:]}
    assert len(listed) == len(set(listed))
    assert set(listed) == wanted | {(Track.EXIT, Gate.JOINT_PROGRAMME)}


def test_shipped_needs_leave_out_nothing_that_may_never_be_left_out():
    for needs in DEFAULTS:
        assert needs.requires >= ALWAYS.get(needs.target, frozenset())
        assert needs.may_ask
        assert needs.may_approve


def test_joint_programme_needs_consent_agreement_and_decision():
    assert ALWAYS[Gate.JOINT_PROGRAMME] == {
        Requirement.CONSENT_POLICE,
        Requirement.AGREEMENT_SIGNED,
        Requirement.DECISION_IN_FORCE,
    }


@pytest.mark.parametrize("track", list(Track))
def test_joint_programme_is_for_exit_cases_at_work_that_are_not_in_it(track):
    for stage, is_joint in product(ORDER[track], (False, True)):
        offered = Gate.JOINT_PROGRAMME in targets(
            track=track, stage=stage, standing=Standing.ACTIVE, is_joint=is_joint
        )
        late_enough = stage not in {Stage.INTAKE, Stage.ASSESSMENT, Stage.CLOSED, Stage.FOLLOWED_UP}
        assert offered is (track == Track.EXIT and late_enough and not is_joint)


@pytest.mark.parametrize("standing", list(Standing))
def test_case_that_does_not_go_on_can_only_be_closed_and_a_transferred_one_nothing(standing):
    for track, order in ORDER.items():
        for stage in order:
            offered = set(targets(track=track, stage=stage, standing=standing, is_joint=False))
            allowed = {Stage.CLOSED} if standing in {Standing.DORMANT, Standing.INTERRUPTED} else set()
            assert standing == Standing.ACTIVE or offered <= allowed


def test_transferred_case_never_comes_back():
    assert not {way for way in STANDING_WAYS if way[0] == Standing.TRANSFERRED}
    assert set(STANDING_NAMES) == set(Standing)
    assert set(GATE_NAMES) == set(Gate)


def test_diagram_in_the_documentation_is_the_table():
    assert diagram() in DIAGRAM.read_text(encoding="utf-8")


def test_every_question_has_a_rule_and_no_permission_means_no():
    assert set(RULES) == set(Question)
    for question, role, stage in product(Question, ("case_worker", "supervisor", "auditor", "nobody"), Stage):
        assert not decide(question=question, role=role, permissions=frozenset(), stage=stage)


@pytest.mark.parametrize(
    ("question", "role", "permission", "stage", "refusal"),
    [
        (Question.APPROVE_STAGE, "case_worker", Permission.SUPERVISE, Stage.INTAKE, Refusal.ROLE),
        (Question.APPROVE_STAGE, "supervisor", Permission.WORK, Stage.INTAKE, Refusal.PERMISSION),
        (Question.APPROVE_STAGE, "supervisor", Permission.SUPERVISE, Stage.INTAKE, None),
        (Question.REQUEST_STAGE, "co_worker", Permission.WORK, Stage.INTAKE, Refusal.ROLE),
        (Question.REQUEST_STAGE, "case_worker", Permission.WORK, Stage.INTAKE, None),
        (Question.WRITE_NOTE, "case_worker", Permission.WORK, Stage.CLOSED, Refusal.ENDED),
        (Question.CORRECT_NOTE, "case_worker", Permission.WORK, Stage.CLOSED, None),
        (Question.TRANSFER, "case_worker", Permission.WORK, Stage.INQUIRY, Refusal.ROLE),
        (Question.TRANSFER, "supervisor", Permission.SUPERVISE, Stage.INQUIRY, None),
        (Question.PAUSE, "co_worker", Permission.WORK, Stage.INQUIRY, None),
        (Question.READ, "administrator", Permission.WORK, Stage.INTAKE, Refusal.ROLE),
        (Question.GRANT_ACCESS, "case_worker", Permission.WORK, Stage.INTAKE, Refusal.ROLE),
    ],
)
def test_policy_says_why(question, role, permission, stage, refusal):
    verdict = decide(question=question, role=role, permissions=frozenset({permission}), stage=stage)
    assert verdict.refusal == refusal
    assert bool(verdict) is (refusal is None)


@pytest.mark.parametrize("question", list(Question))
def test_transferred_case_is_read_and_put_right_and_nothing_else(question):
    verdict = decide(
        question=question,
        role="supervisor",
        permissions=frozenset(Permission),
        stage=Stage.INQUIRY,
        standing=Standing.TRANSFERRED,
    )
    allowed = WHEN_TRANSFERRED
    assert bool(verdict) is (question in allowed)
