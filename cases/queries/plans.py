"""The plans of an opened case, which of them hold, and how they were followed up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases import goals
from cases.access import NotVisible, Opened
from cases.catalogue.provider_rules import Answer, Fault, answer
from cases.models import Plan, PlanFollowUp, Provider
from cases.models.provider import PLACEMENTS
from cases.queries.corrections import without_replaced


def plans_of(opened: Opened) -> list[Plan]:
    """Every plan that stands, drafts among them, last written first."""
    found = Plan.objects.filter(case=opened.case).select_related("created_by", "signed_by")
    return without_replaced(found.order_by("-created_at", "-id"))


def in_force(plans: list[Plan]) -> list[Plan]:
    """The newest signed plan of each kind; needs an open scope."""
    newest: dict[str, Plan] = {}
    for plan in sorted((each for each in plans if each.is_signed), key=_age, reverse=True):
        newest.setdefault(plan.kind, plan)
    return list(newest.values())


def signed_of_kind(opened: Opened, kind: str) -> list[Plan]:
    """The signed ones of a kind that nobody has put right, the newest first."""
    found = Plan.objects.filter(case=opened.case, signed_at__isnull=False)
    standing = found.exclude(correction__signed_at__isnull=False)
    return sorted((each for each in standing if each.kind == kind), key=_age, reverse=True)


def latest_of(opened: Opened) -> Plan | None:
    """The newest signed plan of any kind."""
    signed = [plan for plan in plans_of(opened) if plan.is_signed]
    return max(signed, key=_age, default=None)


def has_agreed_plan(opened: Opened, on: date) -> bool:
    """Tell whether the person is in on a plan that holds that day."""
    return any(plan.is_agreed(on) for plan in in_force(plans_of(opened)))


def plan_of(opened: Opened, plan: UUID) -> Plan:
    """One plan of the case; raises `NotVisible`."""
    found = (
        Plan.objects.select_related("created_by", "updated_by", "signed_by", "corrects")
        .filter(pk=plan, case=opened.case)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def correction_of(opened: Opened, plan: Plan) -> Plan | None:
    """The correction of a plan, if somebody has begun one."""
    return Plan.objects.filter(corrects=plan, case=opened.case).first()


def follow_ups_of(opened: Opened) -> list[PlanFollowUp]:
    """Every follow-up of the case's plans, the oldest first; needs an open scope."""
    found = PlanFollowUp.objects.filter(case=opened.case).select_related("created_by", "plan")
    return sorted(found, key=lambda each: (each.happened_on, each.created_at))


def follow_up_of(opened: Opened, follow_up: UUID) -> PlanFollowUp:
    """One of them; raises `NotVisible`."""
    found = PlanFollowUp.objects.filter(pk=follow_up, case=opened.case).select_related("plan").first()
    if found is None:
        raise NotVisible
    return found


def faults_of(
    opened: Opened, found: list[goals.Goal], *, today: date
) -> list[tuple[goals.Intervention, tuple[Fault, ...], Answer]]:
    """The interventions whose provider does not hold, with what is wrong and what it does; ended ones are left out."""
    providers = {str(row.pk): row for row in Provider.objects.filter(unit_id=opened.case.unit_id)}
    wrong = []
    for each in goals.interventions(found):
        provider = providers.get(each["provider"])
        ends_on = goals.day_of(each["ends_on"])
        if provider is None or (ends_on is not None and ends_on < today):
            continue
        faults = provider.faults(max(today, goals.day_of(each["starts_on"]) or today))
        strictest = answer(faults, is_placement=provider.kind in PLACEMENTS)
        if strictest is not None:
            wrong.append((each, faults, strictest))
    return wrong


def _age(plan: Plan) -> tuple[object, object]:
    return plan.agreed_on, plan.created_at
