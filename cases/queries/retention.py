"""Until when an opened case's file is kept, as far as the case itself says.

What other files the person may have is not asked here: whoever reads this one need not know of them. The system asks
when files are proposed for destruction.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    Case,
    Decision,
    Disposal,
    EmergencyAccess,
    ImpartialityStatement,
    Meeting,
    Recusal,
    RequestState,
    Restriction,
    RetentionHold,
    StageRequest,
    Task,
    Unmasking,
)
from cases.queries.rules import rules_on_days
from cases.retention import CHILD, LAST_NOTE, File, Reason, Retention, retention
from cases.workflow import Stage, is_ended

# How the work is run, and who has seen it: nothing that is noted of the person.
ADMINISTRATIVE = frozenset(
    {
        Disposal,
        EmergencyAccess,
        ImpartialityStatement,
        Meeting,
        Recusal,
        Restriction,
        RetentionHold,
        Task,
        Unmasking,
    }
)


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
    return retentions_of([opened.case])[opened.case.pk]


def retentions_of(cases: Sequence[Case]) -> dict[UUID, Retention]:
    """The same of several opened cases, each for itself, in as many statements as for one."""
    ended = [case for case in cases if is_ended(Stage(case.stage))]
    files = _files(ended) if ended else {}
    days = {file.last_note_on for file in files.values()}
    rules = rules_on_days(days, codes=[LAST_NOTE, CHILD])
    found = {case.pk: Retention((Reason.OPEN,)) for case in cases}
    for case in ended:
        file = files[case.pk]
        found[case.pk] = retention(
            [file],
            born=case.person.birth_date,
            keeps_everybody=settings.RETENTION_KEEPS_EVERYBODY,
            note_rule=rules[file.last_note_on][LAST_NOTE],
            child_rule=rules[file.last_note_on][CHILD],
        )
    return found


def noted_models() -> list[type[models.Model]]:
    """The tables in which something is noted of the person, found in the registry, so that a new one counts."""
    found = [
        model for model in apps.get_app_config("cases").get_models() if not hasattr(model, "instance_type")
    ]
    noted = [
        model for model in found if {"case", "updated_at"} <= {field.name for field in model._meta.fields}
    ]
    return sorted(set(noted) - ADMINISTRATIVE, key=lambda model: model.__name__)


def has_come_between(approved: Disposal) -> bool:
    """Whether something was noted or held since it was approved; the approval rests on what was there then."""
    since, holds = approved.decided_at, RetentionHold.objects.filter(case=approved.case_id)
    if holds.filter(lifted_at=None).exists() or holds.filter(created_at__gt=since).exists():
        return True
    # In an ended case nothing else can be changed; a case that goes on keeps the person's other files (`destruction`).
    return any(
        model._base_manager.filter(case_id=approved.case_id, updated_at__gt=since).exists()
        for model in noted_models()
    )


def _files(cases: Sequence[Case]) -> dict[UUID, File]:
    noted, placed, inquired = _last_noted(cases), _placed_children(cases), _inquired_into_children(cases)
    open_holds = RetentionHold.objects.filter(case__in=cases, lifted_at=None)
    held = set(open_holds.values_list("case_id", flat=True))
    return {
        case.pk: File(
            last_note_on=noted[case.pk],
            placed_a_child=case.pk in placed,
            inquired_into_a_child=case.pk in inquired,
            is_held=case.pk in held,
        )
        for case in cases
    }


def _last_noted(cases: Sequence[Case]) -> dict[UUID, date]:
    """The day of the last note, or of the end if that came later; one statement, however many tables."""
    found = {case.pk: case.closed_on or case.opened_on for case in cases}
    first, *others = (
        model._base_manager.filter(case__in=cases).order_by().values_list("case_id", "updated_at")
        for model in noted_models()
    )
    for case, at in first.union(*others):
        found[case] = max(found[case], timezone.localdate(at))
    return found


def _placed_children(cases: Sequence[Case]) -> set[UUID]:
    """Of whom somebody was placed who was a child then, or may have been."""
    born = _births(cases)
    return {
        decision.case_id
        for decision in Decision.objects.filter(case__in=cases, signed_at__isnull=False)
        if decision.measure == Measure.PLACEMENT
        and _may_be_a_child(
            born[decision.case_id], decision.starts_on or timezone.localdate(decision.signed_at)
        )
    }


def _inquired_into_children(cases: Sequence[Case]) -> set[UUID]:
    """Where an inquiry was opened about somebody who was a child then, or may have been."""
    begun = StageRequest.objects.filter(
        case__in=cases, state=RequestState.APPROVED, to_stage=Stage.INQUIRY, decided_at__isnull=False
    )
    born = _births(cases)
    return {
        case
        for case, at in begun.values_list("case_id", "decided_at")
        if _may_be_a_child(born[case], timezone.localdate(at))
    }


def _births(cases: Sequence[Case]) -> dict[UUID, date | None]:
    return {case.pk: case.person.birth_date for case in cases}


def _may_be_a_child(born: date | None, day: date) -> bool:
    return born is None or ages.is_child(born=born, day=day)
