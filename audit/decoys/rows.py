"""The rows that pages of decoys are given, and those of an opened decoy."""

from __future__ import annotations

from collections.abc import Sequence

from audit.models import Decoy as Decoy
from audit.models import DecoyAlert as DecoyAlert
from audit.models_decoy import DecoyState as DecoyState


def alerts(*, decoys: Sequence[Decoy]) -> list[DecoyAlert]:
    """The alerts of opened decoys, the newest first."""
    found = DecoyAlert.objects.filter(decoy__in=decoys).select_related("handled_by")
    return list(found.order_by("-found_at", "pk"))
