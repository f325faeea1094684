"""The assessments of an opened case, and what stands in it today."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.access import NotVisible, Opened
from cases.models import Assessment
from cases.models.assessment import AssessmentKind
from cases.queries.corrections import without_replaced


def assessments_of(opened: Opened) -> list[Assessment]:
    """Every assessment that stands, drafts among them, last written first."""
    found = Assessment.objects.filter(case=opened.case).select_related("created_by", "signed_by")
    return without_replaced(found.order_by("-created_at", "-id"))


def signed_of(opened: Opened) -> list[Assessment]:
    """The signed ones that nobody has put right, by the day of the assessment, the newest first."""
    found = Assessment.objects.filter(case=opened.case, signed_at__isnull=False)
    standing = found.exclude(correction__signed_at__isnull=False)
    return sorted(standing, key=lambda each: (each.assessed_on, each.created_at), reverse=True)


def current_threat(opened: Opened) -> Assessment | None:
    """The newest signed assessment of the threat, whether it still holds or not."""
    return next((each for each in signed_of(opened) if each.kind == AssessmentKind.THREAT), None)


def has_valid_threat_assessment(opened: Opened, on: date) -> bool:
    """Tell whether the newest assessment of the threat holds that day."""
    newest = current_threat(opened)
    return newest is not None and newest.is_valid(on)


def assessment_of(opened: Opened, assessment: UUID) -> Assessment:
    """One assessment of the case; raises `NotVisible`."""
    found = (
        Assessment.objects.select_related("created_by", "updated_by", "signed_by", "corrects")
        .filter(pk=assessment, case=opened.case)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def correction_of(opened: Opened, assessment: Assessment) -> Assessment | None:
    """The correction of an assessment, if somebody has begun one."""
    return Assessment.objects.filter(corrects=assessment, case=opened.case).first()
