"""What law and deadlines have in common: rows from one day to another, of which a change is a new one.

The database lets nothing of a row be changed but its last day. A row whose last day comes before its first was taken
back before it came into force.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import OrganisationModel

IS_LAW = "lag, säger inget om något ärende"


class DatedModel(OrganisationModel):
    """One wording of what `code` stands for, and the days it is in force."""

    code = models.CharField(_("kod"), max_length=32)
    is_uncertain = models.BooleanField(_("ska bekräftas av jurist"), default=False)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True, blank=True)

    plain_because: ClassVar[dict[str, str]] = dict.fromkeys(
        ("code", "is_uncertain", "valid_from", "valid_to"), IS_LAW
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="one_%(class)s_per_code_and_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="%(class)s_ends_after_it_starts",
            ),
        ]

    @property
    def was_taken_back(self) -> bool:
        """Tell whether the row never came into force."""
        return self.valid_to is not None and self.valid_to < self.valid_from

    def is_in_force(self, on: date) -> bool:
        """Tell whether the row is the law of that day."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)
