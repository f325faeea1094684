"""What happens with a decision after it was signed: that the client was told, an appeal, execution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedBooleanField, SealedChoiceField, SealedDateField, SealedTextField
from cases.models.decision import Decision
from cases.models.row import CaseRow


class EventKind(models.TextChoices):
    """What can happen with a signed decision."""

    NOTIFIED = "notified", _("Den enskilde är underrättad")
    APPEALED = "appealed", _("Överklagande har kommit in")
    APPEAL_DECIDED = "appeal_decided", _("Överklagandet är avgjort")
    EXECUTED = "executed", _("Verkställt")
    REPORTED = "reported", _("Rapporterat till IVO som inte verkställt")


class NotifiedBy(models.TextChoices):
    """How the client was told."""

    MEETING = "meeting", _("Vid ett möte")
    PHONE = "phone", _("Per telefon")
    LETTER = "letter", _("Med brev eller digital post")
    SERVED = "served", _("Genom delgivning")
    REPRESENTATIVE = "representative", _("Genom ställföreträdare")


class AppealOutcome(models.TextChoices):
    """What became of an appeal."""

    DISMISSED = "dismissed", _("Avvisat, kom in för sent")
    CHANGED_HERE = "changed_here", _("Vi har ändrat beslutet")
    REJECTED = "rejected", _("Avslaget av domstol")
    UPHELD = "upheld", _("Bifallet av domstol")
    SENT_BACK = "sent_back", _("Återförvisat till oss")
    WITHDRAWN = "withdrawn", _("Återkallat")


class DecisionEvent(CaseRow):
    """What happened with a signed decision, on which day and how; never changed, a later row of its kind counts."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="events", editable=False)
    kind = SealedChoiceField(_("vad har hänt?"), label="cases.decision_event", choices=EventKind)
    happened_on = SealedDateField(_("datum"), label="cases.decision_event")
    way = SealedChoiceField(_("hur?"), label="cases.decision_event", blank=True, choices=NotifiedBy)
    has_appeal_text = SealedBooleanField(
        _("fick den enskilde veta hur beslutet överklagas?"), label="cases.decision_event", blank=True
    )
    outcome = SealedChoiceField(_("utfall"), label="cases.decision_event", blank=True, choices=AppealOutcome)
    text = SealedTextField(_("kommentar"), label="cases.decision_event", blank=True, max_length=2000)

    plain_because = {**CaseRow.plain_because, "decision": "slumptal"}
