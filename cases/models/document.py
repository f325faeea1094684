"""A document (handling) of a case: what it is stands here, sealed; the file itself lies sealed in the store.

A document is never changed: the database refuses it. A new version is a document of its own that points to the one it
replaces, and the old one stays.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.files.kinds import KINDS
from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedIntegerField, SealedTextField
from cases.models.row import CaseRow


class Direction(models.TextChoices):
    """Whether it came, went, or was made here (OSL 5:2)."""

    IN = "in", _("Inkommen")
    OUT = "out", _("Utgående")
    OWN = "own", _("Upprättad")


class Scan(models.TextChoices):
    """What the antivirus said when it was added; what was found infected is not kept."""

    CLEAN = "clean", _("Genomsökt")
    NOT_DONE = "not_done", _("Inte genomsökt")


class Document(CaseRow):
    """What a file is. `file` is the id it is bound to, and says from inside the seal which file is this row's;
    `blob` says the same to those who have no key, and `digest` is that of the ciphertext."""

    # Its file lies outside the database under the case's key of that day, which is therefore not retired.
    keeps_data_keys = True

    direction = SealedChoiceField(_("slag"), label="cases.document", choices=Direction)
    title = SealedTextField(_("vad är det för handling?"), label="cases.document", max_length=200)
    dated_on = SealedDateField(_("datum"), label="cases.document")
    counterpart = SealedTextField(
        _("från eller till vem?"), label="cases.document", blank=True, max_length=200
    )
    secrecy = SealedTextField(_("att tänka på"), label="cases.document", blank=True, max_length=500)
    file = SealedTextField(label="cases.document", editable=False)
    file_name = SealedTextField(_("filens namn"), label="cases.document", editable=False)
    kind = SealedChoiceField(
        label="cases.document",
        choices=[(kind.extension, kind.name) for kind in KINDS.values()],
        editable=False,
    )
    size = SealedIntegerField(label="cases.document", editable=False)
    scan = SealedChoiceField(label="cases.document", choices=Scan, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", editable=False
    )
    blob = models.UUIDField(unique=True, editable=False)
    digest = models.BinaryField(editable=False)

    plain_because = {
        **CaseRow.plain_because,
        "replaces": "slumptal",
        "blob": "slumptal; finner filer utan rad",
        "digest": "av det som redan är krypterat",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(replaces=models.F("id")), name="a_document_does_not_replace_itself"
            )
        ]
