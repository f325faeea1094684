"""Register an agreement, take in a new version of its definition, and edit what is said of indicators and measures."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from audit.events import Actor
from followup import definition, events
from followup.definition import AgreementData, AreaData, IndicatorData, PlanData
from followup.models import Agreement, Indicator, Measure, Narrative, PriorityArea, PublicationPlan
from followup.personal import require_impersonal
from followup.policies import demand_preparing
from followup.recording import note

HEAD = ("name", "starts_on", "ends_on", "decided_on", "decided_by", "purpose")
EDITABLE = ("name", "definition", "unit", "source", "target", "responsible", "comment")


class Overlapping(Exception):
    """Another agreement is in force some of these days; end it the day before this one begins."""


class InUse(Exception):
    """The new version lacks something that has figures or releases; `what` names it. Let it stay in the file."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@transaction.atomic
def register_agreement(*, data: AgreementData, by: Actor, now: datetime) -> Agreement:
    """Write down an agreement that the municipality has decided on."""
    demand_preparing(actor=by)
    agreement = Agreement(**_head(data))
    _save_alone(agreement)
    for area in data.areas:
        _fill(PriorityArea(agreement=agreement, number=area.number), area)
    _add_plans(agreement, data.plans)
    _note(events.AGREEMENT_REGISTERED, agreement, data, by, now)
    return agreement


@transaction.atomic
def revise_agreement(*, agreement: Agreement, data: AgreementData, by: Actor, now: datetime) -> Agreement:
    """Let an agreement be what a new version of its definition says; what has figures stays.

    Raises `InUse` when the version lacks an indicator that has figures or a plan that has releases, and when it
    moves the beginning of an agreement that has been reported.
    """
    demand_preparing(actor=by)
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if locked.starts_on != data.starts_on and locked.releases.exists():
        raise InUse(str(locked.starts_on))
    for name, value in _head(data).items():
        setattr(locked, name, value)
    _save_alone(locked)
    known = {area.number: area for area in locked.areas.all()}
    for area in data.areas:
        _fill(known.pop(area.number, PriorityArea(agreement=locked, number=area.number)), area)
    for left in known.values():
        _empty(left)
    _add_plans(locked, data.plans)
    _note(events.AGREEMENT_REVISED, locked, data, by, now)
    return locked


@transaction.atomic
def edit_indicator(*, indicator: Indicator, changes: dict[str, str], by: Actor, now: datetime) -> Indicator:
    """Change what is said of an indicator; what it counts is decided by the catalogue."""
    demand_preparing(actor=by)
    require_impersonal(texts=changes.values())
    locked = Indicator.objects.select_for_update().get(pk=indicator.pk)
    for name, value in changes.items():
        if name not in EDITABLE:
            raise ValueError(f"{name} is not edited here")
        setattr(locked, name, value)
    locked.save(update_fields=list(changes))
    note(
        event=events.INDICATOR_CHANGED,
        purpose="agreement",
        by=by,
        now=now,
        indicator=locked.code,
        fields=",".join(sorted(changes)),
    )
    return locked


@transaction.atomic
def save_measure(
    *, area: PriorityArea, measure: Measure | None, values: dict[str, str], by: Actor, now: datetime
) -> Measure:
    """Add a measure to an area, or change one."""
    demand_preparing(actor=by)
    require_impersonal(texts=values.values())
    locked = Measure.objects.select_for_update().get(pk=measure.pk, area=area) if measure else None
    saved = locked or Measure(area=area, position=area.measures.count())
    for name in ("text", "responsible", "state"):
        setattr(saved, name, values[name])
    saved.save()
    note(event=events.MEASURE_CHANGED, purpose="agreement", by=by, now=now, measure=saved.pk)
    return saved


@transaction.atomic
def write_narrative(*, area: PriorityArea, period: str, text: str, by: Actor, now: datetime) -> Narrative:
    """Say in words how an area went in a period; earlier texts are kept."""
    demand_preparing(actor=by)
    require_impersonal(texts=[text])
    narrative = Narrative.objects.create(
        area=area, period=period, text=text, written_by_id=by.person, written_at=now
    )
    note(event=events.NARRATIVE_WRITTEN, purpose="agreement", by=by, now=now, area=area.number, period=period)
    return narrative


def _head(data: AgreementData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in HEAD} | {"parties": list(data.parties)}


def _save_alone(agreement: Agreement) -> None:
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as error:
        raise Overlapping from error


def _fill(area: PriorityArea, data: AreaData) -> None:
    """Let an area be what the definition says."""
    area.text = data.text
    area.save()
    known = {indicator.code: indicator for indicator in area.indicators.all()}
    for position, wanted in enumerate(data.indicators):
        _indicator(known.pop(wanted.code, Indicator(area=area, code=wanted.code)), wanted, position)
    for left in known.values():
        _remove(left)
    area.measures.all().delete()
    for position, measure in enumerate(data.measures):
        Measure.objects.create(area=area, position=position, **asdict(measure))


def _indicator(indicator: Indicator, data: IndicatorData, position: int) -> None:
    if indicator.counted != data.counted and indicator.figures.exists():
        raise InUse(indicator.name)
    for name, value in asdict(data).items():
        setattr(indicator, name, value)
    indicator.position = position
    indicator.save()


def _empty(area: PriorityArea) -> None:
    if area.narratives.exists():
        raise InUse(area.text)
    for indicator in area.indicators.all():
        _remove(indicator)
    area.measures.all().delete()
    area.delete()


def _remove(indicator: Indicator) -> None:
    if indicator.figures.exists():
        raise InUse(indicator.name)
    indicator.delete()


def _add_plans(agreement: Agreement, plans: tuple[PlanData, ...]) -> None:
    """Add the plans that are new; a version once added is what it is."""
    for plan in plans:
        found = agreement.plans.filter(code=plan.code, version=plan.version).first()
        if found is None:
            PublicationPlan.objects.create(
                agreement=agreement,
                code=plan.code,
                version=plan.version,
                name=plan.name,
                explanation=plan.explanation,
                every=plan.every,
                recipients=list(plan.recipients),
                content=plan.content,
            )
        elif found.content != plan.content:
            raise InUse(plan.name)


def _note(event: Any, agreement: Agreement, data: AgreementData, by: Actor, now: datetime) -> None:
    digest = hashlib.sha256(definition.write(data)).hexdigest()
    note(event=event, purpose="agreement", by=by, now=now, agreement=agreement.pk, definition=digest)
