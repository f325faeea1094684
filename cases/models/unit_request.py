"""A request for information that belongs to no case, such as one for everybody with a tie to a network, and its answer.

There is no search that could answer it (F637 15 §). What was asked and answered is kept; that somebody is or is not
known here is never said.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from cases.models.disclosure import RECIPIENTS
from cases.models.row import UnitRow


class UnitAnswer(models.TextChoices):
    """What the one who asked was told."""

    NO_SEARCH = "no_search", _("Kan inte besvaras: en sådan sökning finns inte")
    REFUSED = "refused", _("Avslag")
    REFERRED = "referred", _("Hänvisad till rätt myndighet eller enhet")
    GENERAL = "general", _("Besvarad med allmän information")


class UnitRequest(UnitRow):
    """Who asked for what, and the answer. Never changed."""

    scope_kind = "unit_request"

    received_on = SealedDateField(_("kom in"), label="cases.unit_request")
    receiver = SealedChoiceField(_("vem frågar?"), label="cases.unit_request", choices=RECIPIENTS)
    receiver_name = SealedTextField(_("namn och tjänsteställe"), label="cases.unit_request", max_length=300)
    what = SealedTextField(_("vad efterfrågas?"), label="cases.unit_request", max_length=2000)
    answer = SealedChoiceField(_("svar"), label="cases.unit_request", choices=UnitAnswer)
    answer_text = SealedTextField(_("svaret i ord"), label="cases.unit_request", max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at"], name="unit_request_by_unit")]
