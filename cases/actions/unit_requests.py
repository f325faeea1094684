"""Write down a request that belongs to no case, with the answer that was given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.actions.unit_rows import new_unit_row
from cases.models import UnitRequest


@transaction.atomic
def answer(*, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None) -> UnitRequest:
    """Write down who asked for what and what she was told. Never changed."""
    return new_unit_row(
        UnitRequest, values=values, event=events.UNIT_REQUEST_ANSWERED, by=by, now=now, new_id=new_id
    )
