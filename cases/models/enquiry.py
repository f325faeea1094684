"""A first contact (förfrågan), before there is a case. An anonymous one cannot hold an identity."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.accounts.models import Unit
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedChoiceField, SealedTextField


class Channel(models.TextChoices):
    """How the contact came."""

    PHONE = "phone", _("Telefon")
    VISIT = "visit", _("Besök")
    LETTER = "letter", _("Brev eller e-post")
    OUTREACH = "outreach", _("Uppsökande arbete")
    MEETING = "meeting", _("Samverkansmöte")


class Source(models.TextChoices):
    """Who took the initiative (initiativtagare, domain.md §1)."""

    SELF = "self", _("Den enskilde själv")
    FAMILY = "family", _("Anhörig eller närstående")
    POLICE = "police", _("Polisen")
    PROBATION = "probation", _("Kriminalvården")
    SOCIAL_SERVICES = "social_services", _("Socialtjänsten, annan enhet")
    INSTITUTION = "institution", _("SiS eller HVB")
    SCHOOL = "school", _("Skolan")
    HEALTH = "health", _("Hälso- och sjukvården")
    CIVIL_SOCIETY = "civil_society", _("Civilsamhället")
    MUNICIPALITY = "municipality", _("Annan kommun")
    OTHER = "other", _("Annan")


class Urgency(models.TextChoices):
    """When the first meeting is needed."""

    NOW = "now", _("Akut – samma dag")
    DAYS = "days", _("Inom tre dagar")
    WEEK = "week", _("Inom en vecka")


class Outcome(models.TextChoices):
    """What the contact led to."""

    OPEN = "open", _("Väntar på beslut")
    CASE = "case", _("Blev ett ärende")
    ADVICE = "advice", _("Råd gavs, inget ärende")
    REFERRED = "referred", _("Hänvisades vidare")
    DECLINED = "declined", _("Personen tackade nej")


class Enquiry(SealedModel):
    """A contact with the programme."""

    sealed_scope = "id"

    received_at = models.DateTimeField(_("togs emot"))
    channel = models.CharField(_("kontaktväg"), max_length=16, choices=Channel)
    urgency = models.CharField(_("brådska"), max_length=8, choices=Urgency)
    is_anonymous = models.BooleanField(_("personen är anonym"), default=False)
    source = SealedChoiceField(_("vem tog initiativet?"), label="cases.enquiry", choices=Source)
    need = SealedTextField(_("vad gäller det?"), label="cases.enquiry", max_length=4000)
    callback = SealedTextField(
        _("hur når vi personen säkert?"), label="cases.enquiry", blank=True, max_length=500
    )
    outcome = models.CharField(_("utfall"), max_length=12, choices=Outcome, default=Outcome.OPEN)
    first_meeting_on = models.DateField(_("första möte"), null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("enhet"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="enquiry")

    plain_because = {
        "received_at": "tidsfristen för första mötet räknas från den",
        "channel": "kod utan identitet",
        "urgency": "arbetslistan ordnas efter den",
        "is_anonymous": "säger att ingen person finns",
        "outcome": "kod utan identitet",
        "first_meeting_on": "väntetiden mäts med den",
        "unit": "styr vem som får se förfrågan",
        "registered_by": "den anställda",
        "case": "slumptal",
    }

    class Meta:
        indexes = [models.Index(fields=["unit", "outcome", "received_at"], name="enquiry_queue")]
        constraints = [
            # An anonymous contact is a count, never a person (domain.md §6, scenario 31).
            models.CheckConstraint(
                condition=models.Q(is_anonymous=False) | models.Q(case__isnull=True),
                name="anonymous_is_no_case",
            )
        ]
