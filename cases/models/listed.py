"""A grant beside what lists order its case by, so that the first page costs the same among forty cases and a hundred
thousand.

The database keeps it, in the transaction that changes the grant or the case (`0004_listed`); nobody else writes it,
and it says nothing that the two do not. `docs/adr/0010-listed-cases.md` tells what it is for and what holds it true.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.case import Case
from cases.models.grant import CaseGrant


class ListedCase(models.Model):
    """One grant with the number, the deadline and the end of its case."""

    read_only = True
    worker_may = "SELECT"

    # The triggers take a row away with its grant; a constraint would only forbid the order in which they do it.
    grant = models.OneToOneField(
        CaseGrant,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    number = models.CharField(max_length=16, editable=False)
    next_deadline = models.DateField(null=True, editable=False)
    is_ended = models.BooleanField(editable=False)
    starts_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)

    plain_because = {
        "grant": "slumptal",
        "case": "slumptal",
        "user": "den anställda",
        "number": "står också i ärendet",
        "next_deadline": "står också i ärendet",
        "is_ended": "följer av ärendets skede",
        "starts_at": "styr behörighet",
        "expires_at": "styr behörighet",
    }

    class Meta:
        indexes = [
            models.Index(fields=["user", "is_ended", "next_deadline", "number"], name="listed_in_order"),
        ]

    def __str__(self) -> str:
        return f"cases.listedcase {self.pk}"
