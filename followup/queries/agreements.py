"""Reads agreements: the one in force, all of them, and the definition that a file would hold."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from followup.definition import AgreementData, AreaData, IndicatorData, MeasureData, PlanData
from followup.models import Agreement, Indicator, Measure, PriorityArea, PublicationPlan
from followup.periods import Every


def one(agreement: UUID) -> Agreement | None:
    """One agreement."""
    return Agreement.objects.filter(pk=agreement).first()


def every() -> list[Agreement]:
    """All agreements, the latest first."""
    return list(Agreement.objects.order_by("-starts_on"))


def in_force(day: date) -> Agreement | None:
    """The agreement in force on a day; otherwise the latest that has begun."""
    begun = Agreement.objects.filter(starts_on__lte=day)
    now = begun.filter(ends_on__gte=day).order_by("-starts_on", "id").first()
    return now or begun.order_by("-ends_on", "id").first()


def area(area: UUID) -> PriorityArea | None:
    """One area, with its agreement."""
    return PriorityArea.objects.select_related("agreement").filter(pk=area).first()


def indicator(indicator: UUID) -> Indicator | None:
    """One indicator, with its area and agreement."""
    return Indicator.objects.select_related("area__agreement").filter(pk=indicator).first()


def measure(measure: UUID) -> Measure | None:
    """One measure, with its area and agreement."""
    return Measure.objects.select_related("area__agreement").filter(pk=measure).first()


def typed_indicators(agreement: Agreement) -> list[Indicator]:
    """The indicators whose figures come from outside."""
    return list(Indicator.objects.filter(area__agreement=agreement, counted=""))


def definition_of(agreement: Agreement) -> AgreementData:
    """The definition as it stands, as the file of it would say."""
    return AgreementData(
        name=agreement.name,
        parties=tuple(agreement.parties),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        decided_on=agreement.decided_on,
        decided_by=agreement.decided_by,
        purpose=agreement.purpose,
        areas=tuple(_area(area) for area in agreement.areas.prefetch_related("indicators", "measures")),
        plans=tuple(_plan(plan) for plan in agreement.plans.all()),
    )


def _area(area: PriorityArea) -> AreaData:
    return AreaData(
        number=area.number,
        text=area.text,
        indicators=tuple(
            IndicatorData(
                code=i.code,
                name=i.name,
                definition=i.definition,
                unit=i.unit,
                every=Every(i.every),
                source=i.source,
                target=i.target,
                responsible=i.responsible,
                comment=i.comment,
                counted=i.counted,
            )
            for i in area.indicators.all()
        ),
        measures=tuple(MeasureData(m.text, m.responsible, m.state) for m in area.measures.all()),
    )


def _plan(plan: PublicationPlan) -> PlanData:
    content = plan.content
    return PlanData(
        code=plan.code,
        version=plan.version,
        name=plan.name,
        explanation=plan.explanation,
        every=Every(plan.every),
        method=content["method"],
        tables=tuple(tuple(table) for table in content["tables"]),
        k=content["k"],
        m=content["m"],
        recipients=tuple(plan.recipients),
    )
