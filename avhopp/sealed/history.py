"""django-simple-history with its versions sealed like the live rows.

Who and when come from the open `CryptoScope`, not from a thread-local request or the clock; the reason for a change
is a sealed field, because simple-history's own is plain text (security.md §7).
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from simple_history.models import HistoricalRecords

from avhopp.sealed import scope as scopes
from avhopp.sealed.base import SealedHistory
from avhopp.sealed.fields import SealedTextField


def _set_user(historical: models.Model, user: UUID | None) -> None:
    historical.history_user_id = user  # type: ignore[attr-defined]


class SealedHistoricalRecords(HistoricalRecords):  # type: ignore[misc]
    """Versions of a sealed model; the tables are append-only (see the migrations)."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            bases=[SealedHistory],
            history_user_id_field=models.UUIDField(null=True, editable=False),
            history_user_setter=_set_user,
            history_change_reason_field=SealedTextField(label=label),
        )

    def get_history_user(self, instance: models.Model) -> UUID | None:
        return scopes.current().actor.user

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        instance._history_date = scopes.current().at  # type: ignore[attr-defined]
        super().create_historical_record(instance, history_type, using)
