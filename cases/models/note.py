"""A journal note: draft, then signed and locked by the database; a correction is a new note that keeps the original."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.case import Case


class NoteKind(models.TextChoices):
    """What the note is about (domain.md §4, JournalEntry)."""

    CONTACT = "contact", _("Samtal eller möte")
    COOPERATION = "cooperation", _("Samverkan")
    OBSERVATION = "observation", _("Iakttagelse")
    SAFETY = "safety", _("Skydd och säkerhet")
    OBJECTION = "objection", _("Den enskildes invändning")
    OTHER = "other", _("Annat")


class Note(SealedModel):
    """Facts apart from assessment; the date of the event apart from the date of writing (SOSFS 2014:5)."""

    sealed_scope = "case_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    kind = SealedChoiceField(_("slag"), label="cases.note", choices=NoteKind)
    event_date = SealedDateField(_("händelsedatum"), label="cases.note")
    source = SealedTextField(_("källa"), label="cases.note", blank=True, max_length=200)
    facts = SealedTextField(_("faktiska omständigheter"), label="cases.note", blank=True, max_length=20000)
    assessment = SealedTextField(_("bedömning"), label="cases.note", blank=True, max_length=20000)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    correction_reason = SealedTextField(
        _("skäl för rättelsen"), label="cases.note", blank=True, max_length=1000
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    history = SealedHistoricalRecords(label="cases.note")

    plain_because = {
        "case": "slumptal",
        "author": "den anställda",
        "corrects": "slumptal",
        "version": "två flikar",
        "created_at": "antecknat-tid, ordnar listan",
        "updated_at": "drift",
        "updated_by": "den anställda",
        "signed_at": "låser raden",
        "signed_by": "den anställda",
    }

    class Meta:
        indexes = [models.Index(fields=["case", "-created_at"], name="note_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="a_signature_has_a_name",
            )
        ]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None
