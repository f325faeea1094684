"""Booked meetings and whom the client is kept from, as `components/record.html` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.queries.choices import Place
from cases.queries.rows import KeepApart, Meeting


def meetings(rows: list[Meeting]) -> list[dict[str, Any]]:
    """The meetings to come."""
    return [
        {
            "pk": row.pk,
            "when": f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}–{timezone.localtime(row.ends_at):%H:%M}",
            "where": Place(row.place).label,
            "note": row.note,
            "who": row.created_by.name,
        }
        for row in rows
    ]


def kept_apart(rows: list[KeepApart], numbers: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Whom the client must not meet; a case that the reader does not see is not named."""
    return [
        {"pk": row.pk, "number": numbers.get(row.other_id, _("ett annat ärende")), "reason": row.reason}
        for row in rows
    ]
