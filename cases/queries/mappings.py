"""The mappings of needs of an opened case."""

from __future__ import annotations

from uuid import UUID

from cases.access import NotVisible, Opened
from cases.models import NeedsMapping
from cases.queries.corrections import without_replaced


def mappings_of(opened: Opened) -> list[NeedsMapping]:
    """Every mapping that stands, drafts among them, last written first."""
    found = NeedsMapping.objects.filter(case=opened.case).select_related("created_by", "signed_by")
    return without_replaced(found.order_by("-created_at", "-id"))


def in_order(mappings: list[NeedsMapping]) -> list[NeedsMapping]:
    """The signed ones by the day that they are of, the oldest first; needs an open scope."""
    signed = [mapping for mapping in mappings if mapping.is_signed]
    return sorted(signed, key=lambda mapping: (mapping.mapped_on, mapping.created_at))


def latest_of(opened: Opened) -> NeedsMapping | None:
    """The newest signed picture of the person's needs."""
    signed = in_order(mappings_of(opened))
    return signed[-1] if signed else None


def mapping_of(opened: Opened, mapping: UUID) -> NeedsMapping:
    """One mapping of the case; raises `NotVisible`."""
    found = (
        NeedsMapping.objects.select_related("created_by", "updated_by", "signed_by", "corrects")
        .filter(pk=mapping, case=opened.case)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def correction_of(opened: Opened, mapping: NeedsMapping) -> NeedsMapping | None:
    """The correction of a mapping, if somebody has begun one."""
    return NeedsMapping.objects.filter(corrects=mapping, case=opened.case).first()
