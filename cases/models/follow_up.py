"""A follow-up (uppföljning) of somebody who has left the programme: six, twelve or twenty-four months after closure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.row import CaseRow


class Point(models.IntegerChoices):
    """How many months after closure (domain.md §1)."""

    SIX = 6, _("Sex månader")
    TWELVE = 12, _("Tolv månader")
    TWENTY_FOUR = 24, _("Två år")


class Reached(models.TextChoices):
    """Whether anybody was spoken with; a follow-up that reached nobody is made all the same."""

    MET = "met", _("Vi träffades")
    CALLED = "called", _("Vi hördes på annat sätt")
    DECLINED = "declined", _("Personen tackade nej")
    NOT_REACHED = "not_reached", _("Vi fick inte kontakt")


class Housing(models.TextChoices):
    """Where the person lives."""

    OWN = "own", _("Eget kontrakt")
    RELATIVES = "relatives", _("Hos familj eller närstående")
    TEMPORARY = "temporary", _("Tillfälligt boende")
    PLACED = "placed", _("Placerad eller i skyddat boende")
    CUSTODY = "custody", _("Häkte, anstalt eller institution")
    NONE = "none", _("Saknar boende")
    UNKNOWN = "unknown", _("Vet inte")


class Occupation(models.TextChoices):
    """What the person does in the daytime."""

    WORK = "work", _("Arbete")
    STUDIES = "studies", _("Skola eller studier")
    PROGRAMME = "programme", _("Praktik eller insats")
    LEAVE = "leave", _("Sjukskriven eller föräldraledig")
    NONE = "none", _("Ingen")
    UNKNOWN = "unknown", _("Vet inte")


class Substance(models.TextChoices):
    """Missbruk."""

    NONE = "none", _("Inget känt")
    TREATED = "treated", _("I behandling")
    ONGOING = "ongoing", _("Pågående")
    UNKNOWN = "unknown", _("Vet inte")


class KnownThreat(models.TextChoices):
    """The threat as it is known."""

    LOW = "low", _("Låg eller ingen")
    RAISED = "raised", _("Förhöjd")
    HIGH = "high", _("Hög")
    ACUTE = "acute", _("Akut")
    UNKNOWN = "unknown", _("Vet inte")


class Crime(models.TextChoices):
    """New crime since closure."""

    NONE = "none", _("Inget känt")
    SUSPECTED = "suspected", _("Misstänkt för nytt brott")
    CONVICTED = "convicted", _("Dömd för nytt brott")
    UNKNOWN = "unknown", _("Vet inte")


class FollowUp(CaseRow):
    """How it went, in the five words that the work is measured by."""

    months = models.PositiveSmallIntegerField(_("uppföljning efter"), choices=Point, editable=False)
    happened_on = SealedDateField(_("datum"), label="cases.follow_up")
    reached = SealedChoiceField(_("fick ni kontakt?"), label="cases.follow_up", choices=Reached)
    housing = SealedChoiceField(_("boende"), label="cases.follow_up", choices=Housing)
    occupation = SealedChoiceField(_("sysselsättning"), label="cases.follow_up", choices=Occupation)
    substance = SealedChoiceField(_("missbruk"), label="cases.follow_up", choices=Substance)
    threat = SealedChoiceField(_("hot"), label="cases.follow_up", choices=KnownThreat)
    crime = SealedChoiceField(_("nytt brott"), label="cases.follow_up", choices=Crime)
    comment = SealedTextField(_("kommentar"), label="cases.follow_up", blank=True, max_length=4000)

    history = SealedHistoricalRecords(label="cases.follow_up")

    plain_because = {**CaseRow.plain_because, "months": "kod; säger vilken tidsfrist som är uppfylld"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "months"], name="one_follow_up_per_point"),
            models.CheckConstraint(
                condition=models.Q(months__in=Point.values), name="a_follow_up_has_its_point"
            ),
        ]
