"""That the protected details of a person were shown to one colleague, which of them and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.row import CaseRow

SHOWN_FOR = timedelta(minutes=15)


class FieldGroup(models.TextChoices):
    """What is shown together."""

    IDENTITY = "identity", _("Namn och nummer")
    CONTACT = "contact", _("Kontaktvägar")
    NEAR = "near", _("Närstående")


class Unmasking(CaseRow):
    """One showing, to `created_by`; it ends by itself."""

    append_only = True

    group = models.CharField(_("vad"), max_length=8, choices=FieldGroup, editable=False)
    ends_at = models.DateTimeField(editable=False)

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "group": "kod utan identitet",
        "ends_at": "styr vad som visas",
    }

    class Meta:
        indexes = [models.Index(fields=["case", "created_by", "ends_at"], name="unmasking_by_reader")]
