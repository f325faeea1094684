"""The abstract models that own sealed fields, and the queryset that refuses what would bypass sealing.

`__str__` never opens anything; pickling never carries plaintext; `update()` of a sealed column is refused,
`bulk_update` seals first. Beside them stands the model of what is the organisation's own and open to its staff.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models

from avhopp.sealed import keyring
from avhopp.sealed.fields import OPENED, Ciphertext, sealed_fields

M = TypeVar("M", bound=models.Model, covariant=True)


class SealedQuerySet(models.QuerySet[M]):
    """Guards the ways around `save()`."""

    def update(self, **kwargs: Any) -> int:
        names = {field.name for field in sealed_fields(self.model)}
        if names & kwargs.keys():
            raise FieldError(f"{sorted(names & kwargs.keys())} are sealed: change the instance and save it")
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        objs, fields = list(objs), list(fields)
        for field in sealed_fields(self.model):
            if field.name in fields:
                # A CASE expression over sealed bytes would defeat the column's check; one statement a row is safe.
                return sum(self._saved(obj, fields) for obj in objs)
        return super().bulk_update(objs, fields, batch_size=batch_size)

    def only(self, *fields: str) -> Any:
        binding = self.model.sealed_columns() if fields else ()  # type: ignore[attr-defined]
        return super().only(*dict.fromkeys([*fields, *binding]))

    @staticmethod
    def _saved(obj: models.Model, fields: Sequence[str]) -> int:
        obj.save(update_fields=fields)
        return 1


SealedManager = models.Manager.from_queryset(SealedQuerySet)


class Opaque(models.Model):
    """What every model with sealed fields shares: no word about its content outside a scope."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label_lower} {self.pk}"

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        state.pop(OPENED, None)
        for field in sealed_fields(self):
            if field.attname in state and not isinstance(state[field.attname], Ciphertext):
                raise TypeError("an unsaved sealed value cannot be pickled: save it first and pass the id")
        return state

    def sealed_binding(self) -> tuple[UUID, UUID, UUID | None]:
        """Give what the values are bound to: row, scope and, in a history table, the version."""
        raise NotImplementedError


class SealedModel(Opaque):
    """A model with sealed fields; `sealed_scope` names the attribute that holds the scope's id.

    A table whose rows all lie under one scope names that instead: `shared_scope`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shared_scope: ClassVar[UUID | None] = None
    sealed_scope: ClassVar[str] = "shared_scope"

    objects = SealedManager()

    class Meta:
        abstract = True

    def sealed_binding(self) -> tuple[UUID, UUID, UUID | None]:
        return self.id, getattr(self, self.sealed_scope), None

    @classmethod
    def sealed_columns(cls) -> tuple[str, ...]:
        """The plain columns that opening needs, so that `only()` never defers them."""
        return ("id",) if cls.shared_scope else ("id", cls.sealed_scope)


class SealedHistory(Opaque):
    """Base of the history tables of sealed models: each version is sealed anew and bound to its own row."""

    append_only = True

    class Meta:
        abstract = True

    def sealed_binding(self) -> tuple[UUID, UUID, UUID | None]:
        scope: UUID = getattr(self, self.instance_type.sealed_scope)  # type: ignore[attr-defined]
        row: UUID = self.id  # type: ignore[attr-defined]
        return row, scope, self.history_id  # type: ignore[attr-defined]


class OrganisationModel(models.Model):
    """A row of the organisation's own, such as law and delegations. Nothing in it is sealed, and nothing in it may say
    anything of a client; the record holds its digest, so that an edit past the application is found."""

    # No law and no delegation changes by the clock.
    worker_may = "SELECT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def sealed_binding(self) -> tuple[UUID, UUID, UUID | None]:
        """Give what the record names the row by: the organisation's own scope."""
        return self.id, keyring.ORGANISATION_SCOPE, None

    @classmethod
    def shipped(cls) -> Iterable[OrganisationModel]:
        """Give the rows that a migration writes, of which no leaf tells until they are changed."""
        return ()
