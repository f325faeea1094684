"""What every row of a case has beside its content: the case it is sealed under, who wrote it when, and a version.

`version` guards against two tabs and two colleagues; what is said stands in the subclass, sealed.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from avhopp.accounts.models import Unit
from avhopp.sealed.base import SealedModel
from cases.models.case import Case
from cases.models.person import Person

KEPT_BY_EVERY_ROW = {
    "created_at": "ordnar listan",
    "created_by": "den anställda",
    "updated_at": "drift",
    "updated_by": "den anställda",
    "version": "två flikar",
}


class Row(SealedModel):
    """Who wrote it and when."""

    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class CaseRow(Row):
    """A row that belongs to one case and opens with it."""

    sealed_scope = "case_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", editable=False)

    plain_because: ClassVar[dict[str, str]] = {**KEPT_BY_EVERY_ROW, "case": "slumptal"}

    class Meta:
        abstract = True


class PersonRow(Row):
    """A row that says something of the person, whichever of her cases is open."""

    sealed_scope = "person_id"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)

    plain_because: ClassVar[dict[str, str]] = {**KEPT_BY_EVERY_ROW, "person": "slumptal"}

    class Meta:
        abstract = True


class UnitRow(Row):
    """A row that a unit keeps outside all cases, under a key of its own; `cases.unit_access` says who opens it.

    It may not say which client it is about, and points to no case.
    """

    sealed_scope = "id"
    # What the key is kept as: one kind a model, so that the gate knows where to look.
    scope_kind: ClassVar[str]

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", editable=False)

    plain_because: ClassVar[dict[str, str]] = {**KEPT_BY_EVERY_ROW, "unit": "styr behörighet"}

    class Meta:
        abstract = True
