"""A row that is a draft until somebody signs it; from then on the database refuses every change (0002_locks).

A signed row is its own version: what is wrong in it is put right by another row, so no history table stands beside it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from avhopp.accounts.models import User
from cases.models.row import CaseRow


class SignedRow(CaseRow):
    """`content` names the fields that are written by hand."""

    content: ClassVar[tuple[str, ...]]

    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "signed_at": "låser raden",
        "signed_by": "den anställda",
    }

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="%(class)s_signature_has_a_name",
            )
        ]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def author(self) -> User:
        """Who began it."""
        return self.created_by

    @property
    def author_id(self) -> UUID:
        """Her id, without a query."""
        return self.created_by_id


class CorrectableRow(SignedRow):
    """A signed row that is put right by a new one (rättelse), which starts with its text and says why."""

    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction", editable=False
    )
    corrects_id: UUID | None
    # Sealed under each model's own label, so each declares it.
    correction_reason: str

    plain_because: ClassVar[dict[str, str]] = {**SignedRow.plain_because, "corrects": "slumptal"}

    class Meta(SignedRow.Meta):
        abstract = True

    def is_complete(self, today: date) -> bool:
        """Tell whether everything stands there that a signed row must have; needs an open scope."""
        raise NotImplementedError
