"""Until when an opened case's file is kept, as far as the case itself says.

What other files the person may have is not asked here: whoever reads this one need not know of them. The system asks
when files are proposed for destruction.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from cases import ages
from cases.access import NotVisible, Opened
from cases.catalogue.decision_kinds import Measure
from cases.models import (
    Decision,
    EmergencyAccess,
    Meeting,
    Recusal,
    RequestState,
    Restriction,
    RetentionHold,
    StageRequest,
    Task,
    Unmasking,
)
from cases.queries.rules import rules_on
from cases.retention import CHILD, LAST_NOTE, File, Reason, Retention, retention
from cases.workflow import Stage, is_ended

# How the work is run, and who has seen it: nothing that is noted of the person.
ADMINISTRATIVE = frozenset({EmergencyAccess, Meeting, Recusal, Restriction, RetentionHold, Task, Unmasking})


def holds_of(opened: Opened) -> list[RetentionHold]:
    """Every hold on the file, the newest first."""
    found = RetentionHold.objects.filter(case=opened.case).select_related("created_by", "lifted_by")
    return list(found.order_by("-created_at", "id"))


def hold_of(opened: Opened, hold: UUID) -> RetentionHold:
    """One of them; raises `NotVisible`."""
    found = RetentionHold.objects.filter(pk=hold, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def retention_of(opened: Opened) -> Retention:
    """Until when this file is kept, and why; for a case at work no more than that it is."""
    case = opened.case
    if not is_ended(Stage(case.stage)):
        return Retention((Reason.OPEN,))
    file = _file(opened)
    rules = rules_on(file.last_note_on, codes=[LAST_NOTE, CHILD])
    return retention(
        [file],
        born=case.person.birth_date,
        keeps_everybody=settings.RETENTION_KEEPS_EVERYBODY,
        note_rule=rules[LAST_NOTE],
        child_rule=rules[CHILD],
    )


def noted_models() -> list[type[models.Model]]:
    """The tables in which something is noted of the person, found in the registry, so that a new one counts."""
    found = [
        model for model in apps.get_app_config("cases").get_models() if not hasattr(model, "instance_type")
    ]
    noted = [
        model for model in found if {"case", "updated_at"} <= {field.name for field in model._meta.fields}
    ]
    return sorted(set(noted) - ADMINISTRATIVE, key=lambda model: model.__name__)


def _file(opened: Opened) -> File:
    return File(
        last_note_on=_last_noted(opened),
        placed_a_child=_placed_a_child(opened),
        inquired_into_a_child=_inquired_into_a_child(opened),
        is_held=RetentionHold.objects.filter(case=opened.case, lifted_at=None).exists(),
    )


def _last_noted(opened: Opened) -> date:
    """The day of the last note, or of the end if that came later; one statement, however many tables."""
    first, *others = (
        model._base_manager.filter(case=opened.case).order_by().values_list("updated_at", flat=True)
        for model in noted_models()
    )
    days = [timezone.localdate(at) for at in first.union(*others)]
    return max([*days, opened.case.closed_on or opened.case.opened_on])


def _placed_a_child(opened: Opened) -> bool:
    """Whether somebody was placed who was a child then, or may have been."""
    decisions = Decision.objects.filter(case=opened.case, signed_at__isnull=False)
    return any(
        decision.measure == Measure.PLACEMENT
        and _may_be_a_child(opened, decision.starts_on or timezone.localdate(decision.signed_at))
        for decision in decisions
    )


def _inquired_into_a_child(opened: Opened) -> bool:
    """Whether an inquiry was opened about somebody who was a child then, or may have been."""
    begun = StageRequest.objects.filter(
        case=opened.case, state=RequestState.APPROVED, to_stage=Stage.INQUIRY, decided_at__isnull=False
    )
    return any(
        _may_be_a_child(opened, timezone.localdate(at)) for at in begun.values_list("decided_at", flat=True)
    )


def _may_be_a_child(opened: Opened, day: date) -> bool:
    born = opened.case.person.birth_date
    return born is None or ages.is_child(born=born, day=day)
