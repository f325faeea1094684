"""django-auditlog's entry with its content sealed: which field changed from what to what, for those who may open the
case. A reading aid, not the evidence; the evidence is the leaf.

`object_repr` is opaque and `serialized_data` does not exist, because both would hold plaintext (security.md §7).
A content type or a colleague's account that goes away must not take entries with it.
"""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.contenttypes.models import ContentType
from django.db import models

from avhopp.sealed import scope as scopes
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedJSONField


class ChangeEntryManager(LogEntryManager):  # type: ignore[misc]
    """Writes entries that say nothing in clear."""

    def log_create(
        self, instance: models.Model, force_log: bool = False, **kwargs: Any
    ) -> ChangeEntry | None:
        """Write the change of one instance, sealed under the instance's own scope; nothing changed, nothing written."""
        changes = kwargs.get("changes")
        if not changes and not force_log:
            return None
        open_scope = scopes.current()
        _, scope, _ = instance.sealed_binding()  # type: ignore[attr-defined]
        entry = ChangeEntry(
            content_type=ContentType.objects.get_for_model(instance),
            object_pk=str(instance.pk),
            object_repr=instance._meta.label_lower,
            action=kwargs["action"],
            changes={name: list(pair) for name, pair in (changes or {}).items()},
            actor_id=open_scope.actor.user,
            timestamp=open_scope.at,
            scope=scope,
        )
        entry.save(force_insert=True)
        return entry

    def log_m2m_changes(self, *args: Any, **kwargs: Any) -> None:
        """Refuse: no sealed model has a many-to-many field, whose entry would quote `str()` of other people's rows."""
        raise TypeError("many-to-many changes are not logged; use a model with its own rows")


class ChangeEntry(SealedModel, AbstractLogEntry):  # type: ignore[misc]
    """One change of one row."""

    sealed_scope = "scope"
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope: models.UUIDField[UUID, UUID] = models.UUIDField(editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    changes = SealedJSONField(label="audit.change_entry")
    changes_text = None
    serialized_data = None
    additional_data = None
    actor_email = None
    remote_addr = None
    remote_port = None
    cid = None
    object_id = None

    plain_because = {
        "scope": "slumptal",
        "content_type": "tabellens namn",
        "object_pk": "slumptal",
        "object_repr": "alltid tabellens namn, se log_create",
        "action": "kod",
        "actor": "den anställda",
        "timestamp": "loggens egen uppgift",
    }

    objects = ChangeEntryManager()  # type: ignore[misc]

    class Meta(AbstractLogEntry.Meta):  # type: ignore[misc]
        abstract = False
        indexes = [models.Index(fields=["scope", "-timestamp"], name="change_by_scope")]

    def __str__(self) -> str:
        return f"audit.changeentry {self.pk}"
