"""What a stage needs, by the version that a case is worked under."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.access import NotVisible
from cases.models import Case, ProgrammePeriod, StageRequest, StageRule, Workflow
from cases.workflow import ORDER, Stage, Standing, Target, Track, targets


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


def versions() -> list[Workflow]:
    """Every version, the newest first."""
    return list(Workflow.objects.order_by("-number"))


def rules_of_newest() -> list[StageRule]:
    """What the newest version says, track by track in the order of the stages."""
    rules = StageRule.objects.filter(workflow=versions()[0])
    places = {
        (track.value, stage.value): place
        for track, order in ORDER.items()
        for place, stage in enumerate(order)
    }
    return sorted(rules, key=lambda rule: (rule.track, places.get((rule.track, rule.target), len(Stage))))


def rule_in_newest(rule: UUID) -> StageRule:
    """A rule of the newest version; raises `NotVisible` for one of an older, which is never changed."""
    found = StageRule.objects.filter(pk=rule, workflow=versions()[0]).first()
    if found is None:
        raise NotVisible
    return found


def has_newer(case: Case, *, on: date) -> bool:
    """Tell whether the case could be moved to a newer version."""
    return case.workflow_id != current_version(on=on).pk


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
