"""The decisions that a unit has made on delegation, as they are reported to the committee (KL 6:40, 7:8).

Number, provision, day and who decided: nothing in the list is opened, and nothing in it is about a client.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta

from cases.models import Decision


def delegated_in(month: date, *, unit: UUID) -> list[Decision]:
    """The decisions of the month that `month` lies in, in the order they were made."""
    first = month.replace(day=1)
    found = Decision.objects.filter(
        delegation__isnull=False,
        decided_on__gte=first,
        decided_on__lt=first + relativedelta(months=1),
        case__unit_id=unit,
    )
    shown = found.select_related("legal_basis", "signed_by", "delegation__deputy_for")
    return list(shown.only(*REPORTED).order_by("decided_on", "number"))


# What the list shows, and all that it fetches.
REPORTED = (
    "number",
    "decided_on",
    "case_id",
    "legal_basis__place",
    "legal_basis__title",
    "signed_by__name",
    "signed_by__title",
    "delegation__deputy_for__name",
)
