"""The provisions of the catalogue that may be chosen on a day, and what all of them are called."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from cases.catalogue.legal_bases import Use
from cases.models import LegalBasis


def provisions_on(day: date, *, uses: tuple[Use, ...]) -> list[LegalBasis]:
    """The provisions that may be chosen that day for what they are used for, as the catalogue orders them."""
    in_force = LegalBasis.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    return list(in_force.filter(use__in=uses))


def provision_on(day: date, *, code: str) -> LegalBasis | None:
    """The wording of a provision that day, if it is in force."""
    found = LegalBasis.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), code=code, valid_from__lte=day
    )
    return found.first()


def wordings_on(day: date) -> dict[str, LegalBasis]:
    """Every provision by code, as it reads that day, else as it last did or first will."""
    found: dict[str, LegalBasis] = {}
    for row in LegalBasis.objects.exclude(valid_to__lt=F("valid_from")).order_by("valid_from"):
        if row.code not in found or row.valid_from <= day:
            found[row.code] = row
    return found
