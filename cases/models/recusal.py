"""A recusal (jäv): a colleague who may have nothing to do with a case, and why (FL 16–18 §§, KL 6:28–32)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from cases.models.row import CaseRow


class RecusalGround(models.TextChoices):
    """What makes her impartiality doubtful, in the groups of FL 16 §."""

    OWN_INTEREST = "own_interest", _("Saken rör kollegan själv")
    RELATIVE = "relative", _("Närstående till någon som saken rör")
    CLOSE = "close", _("Vän, ovän eller på annat sätt nära")
    EARLIER = "earlier", _("Har haft en annan roll i saken")
    OTHER = "other", _("Annat som gör att opartiskheten kan ifrågasättas")


class Recusal(CaseRow):
    """One colleague and one case. It stands: her access ends with it, and none can be given to her anew."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ground = SealedChoiceField(_("varför?"), label="cases.recusal", choices=RecusalGround)
    text = SealedTextField(_("kommentar"), label="cases.recusal", blank=True, max_length=1000)

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "user": "den anställda; styr behörighet",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_recusal_a_colleague")]
