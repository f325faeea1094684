"""What a stage needs, by the version that a case is worked under."""

from __future__ import annotations

from datetime import date

from cases.models import Case, ProgrammePeriod, StageRequest, StageRule, Workflow
from cases.workflow import Stage, Standing, Target, Track, targets


def current_version(*, on: date) -> Workflow:
    """The newest version in force that day; the shipped one is always there."""
    return Workflow.objects.filter(valid_from__lte=on).order_by("-number")[0]


def rule_of(*, case: Case, target: Target) -> StageRule:
    """What the target needs in this case."""
    return StageRule.objects.get(workflow_id=case.workflow_id, track=case.track, target=target)


def rule_for(request: StageRequest) -> StageRule:
    """What a request is judged by: the version that it was made under."""
    return StageRule.objects.get(
        workflow_id=request.workflow_id, track=request.case.track, target=request.to_stage
    )


def open_period(case: Case) -> ProgrammePeriod | None:
    """The joint programme that goes on, if it does."""
    return ProgrammePeriod.objects.filter(case=case, ended_at=None).first()


def targets_of(case: Case) -> tuple[Target, ...]:
    """What may be asked for in this case now, the ordinary next stage first."""
    return targets(
        track=Track(case.track),
        stage=Stage(case.stage),
        standing=Standing(case.standing),
        is_joint=open_period(case) is not None,
    )
