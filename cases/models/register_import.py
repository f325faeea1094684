"""A register that a unit brings with it, on its way in: sealed while it is checked, emptied when it is done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.accounts.models import Unit
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedJSONField


class ImportState(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("Väntar på kontroll")
    CHECKING = "checking", _("Kontrolleras")
    FAULTY = "faulty", _("Behöver rättas")
    READY = "ready", _("Klar att läsa in")
    RUNNING = "running", _("Läses in")
    DONE = "done", _("Inläst")
    FAILED = "failed", _("Avbröts, inget är inläst")


class RegisterImport(SealedModel):
    """One file, read into rows; all of them become cases, or none does."""

    sealed_scope = "id"
    # How far the work has come, written beside the transaction that does it; nothing rests on it.
    derived = ("done",)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.WAITING)
    rows = SealedJSONField(label="cases.register_import")
    faults = SealedJSONField(label="cases.register_import")
    total = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    plain_because = {
        "unit": "styr vem som får se den",
        "created_by": "den anställda",
        "created_at": "ordnar listan",
        "state": "kod",
        "total": "antal, säger inget om vem",
        "faulty": "antal, säger inget om vem",
        "done": "antal, säger inget om vem",
        "ended_at": "drift",
    }
