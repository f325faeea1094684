"""The ways to reach a person, each with whether it may be used; and every contact that has been taken on one.

A wrong call can tell somebody that she is in the programme. Which way may be used is `cases/safe_contact.py`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedBooleanField, SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.row import CaseRow, PersonRow


class ChannelKind(models.TextChoices):
    """What sort of way it is."""

    PHONE = "phone", _("Telefon")
    MESSAGE = "message", _("Sms eller meddelandetjänst")
    EMAIL = "email", _("E-post")
    POST = "post", _("Postadress")
    PLACE = "place", _("Mötesplats")
    THROUGH = "through", _("Genom någon annan")


class Reaches(models.TextChoices):
    """Whom one reaches on it."""

    CLIENT = "client", _("Den enskilde")
    GUARDIAN = "guardian", _("Vårdnadshavare")
    REPRESENTATIVE = "representative", _("Ställföreträdare")
    OTHER = "other", _("Någon annan")


class ContactChannel(PersonRow):
    """One way to reach her. `is_safe` is yes, no, or not known; what is not known needs a reason each time."""

    kind = SealedChoiceField(_("slag"), label="cases.contactchannel", choices=ChannelKind)
    reaches = SealedChoiceField(_("vem nås?"), label="cases.contactchannel", choices=Reaches)
    value = SealedTextField(_("nummer eller adress"), label="cases.contactchannel", max_length=500)
    is_safe = SealedBooleanField(_("säkert att använda?"), label="cases.contactchannel", blank=True)
    hours = SealedTextField(_("när?"), label="cases.contactchannel", blank=True, max_length=200)
    answered_by = SealedTextField(
        _("vem får svara?"), label="cases.contactchannel", blank=True, max_length=300
    )
    may_say = SealedTextField(_("vad får sägas?"), label="cases.contactchannel", blank=True, max_length=500)
    ended_on = SealedDateField(_("används inte från"), label="cases.contactchannel", blank=True)

    history = SealedHistoricalRecords(label="cases.contactchannel")


class ContactKind(models.TextChoices):
    """How the contact was taken."""

    LETTER = "letter", _("Brev")
    CALL = "call", _("Samtal")
    MESSAGE = "message", _("Meddelande")
    VISIT = "visit", _("Besök")


class ContactResult(models.TextChoices):
    """What came of it; a letter has none."""

    REACHED = "reached", _("Nådde den som söktes")
    NO_ANSWER = "no_answer", _("Inget svar")
    MESSAGE_LEFT = "message_left", _("Lämnade ett meddelande")
    OTHER_ANSWERED = "other_answered", _("Någon annan svarade")


class Contact(CaseRow):
    """One letter, call, message or visit, on a way that the rule let through. Written once; the database locks it."""

    channel = models.ForeignKey(
        ContactChannel, on_delete=models.PROTECT, related_name="+", verbose_name=_("kontaktväg")
    )
    kind = SealedChoiceField(_("slag"), label="cases.contact", choices=ContactKind)
    happened_on = SealedDateField(_("dag"), label="cases.contact")
    address = SealedTextField(_("till"), label="cases.contact", max_length=500)
    recipient = SealedTextField(_("mottagare"), label="cases.contact", blank=True, max_length=200)
    sender = SealedTextField(_("avsändare"), label="cases.contact", blank=True, max_length=300)
    text = SealedTextField(_("text"), label="cases.contact", blank=True, max_length=20000)
    result = SealedChoiceField(_("resultat"), label="cases.contact", blank=True, choices=ContactResult)
    reason = SealedTextField(
        _("skäl för att använda en oprövad väg"), label="cases.contact", blank=True, max_length=1000
    )

    plain_because = {**CaseRow.plain_because, "channel": "slumptal"}
