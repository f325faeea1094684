"""A case (ärende). What leads the work list is plain and without identity; what is said about the person is sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.accounts.models import Unit
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.enquiry import Source
from cases.models.person import Person
from cases.models.workflow import Workflow
from cases.workflow import CLOSURE_REASONS, STANDING_NAMES, TRACK_NAMES, Standing, Track


class Intake(models.TextChoices):
    """How the work came about (aktualisering)."""

    NOTIFICATION = "notification", _("Orosanmälan")
    APPLICATION = "application", _("Ansökan")
    OWN_CONTACT = "own_contact", _("Egen kontakt eller på annat sätt")
    SSPF = "sspf", _("SSPF eller SIG")

    @classmethod
    def usual(cls, track: Track) -> Intake:
        """What most cases of a track come from, for those who are not asked."""
        return cls.NOTIFICATION if track == Track.PREVENTION else cls.OWN_CONTACT


class Case(SealedModel):
    """One piece of work with one person, in one track, in one stage."""

    sealed_scope = "id"
    # The nearest open task's day, so that the work list is one index away.
    derived = ("next_deadline",)

    number = models.CharField(_("ärendenummer"), max_length=16, unique=True, editable=False)
    code_name = models.CharField(_("kodnamn"), max_length=40, editable=False)
    track = models.CharField(_("spår"), max_length=12, choices=[(t.value, TRACK_NAMES[t]) for t in Track])
    intake = models.CharField(_("hur ärendet kom in"), max_length=12, choices=Intake)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    stage = models.CharField(_("skede"), max_length=24)
    standing = models.CharField(
        _("läge"),
        max_length=12,
        choices=[(s.value, STANDING_NAMES[s]) for s in Standing],
        default=Standing.ACTIVE,
        editable=False,
    )
    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, related_name="+", editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("ansvarig handläggare"),
    )
    is_restricted = models.BooleanField(_("begränsat till namngivna"), default=False, editable=False)
    # Without a constraint: the earlier file may be destroyed, and the number leads nowhere then.
    related_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_constraint=False, null=True, blank=True, related_name="+"
    )
    opened_on = models.DateField(_("öppnat"))
    closed_on = models.DateField(_("avslutat"), null=True, blank=True)
    next_deadline = models.DateField(_("nästa tidsfrist"), null=True, editable=False)
    source = SealedChoiceField(_("initiativtagare"), label="cases.case", choices=Source)
    need = SealedTextField(_("vad gäller ärendet?"), label="cases.case", max_length=4000)
    closure_reason = SealedChoiceField(
        _("avslutsorsak"), label="cases.case", blank=True, choices=list(CLOSURE_REASONS.items())
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    history = SealedHistoricalRecords(label="cases.case")

    plain_because = {
        "number": "slumpat, bär inget födelsedatum och går inte att räkna",
        "code_name": "slumpat, säger inget om personen",
        "track": "kod; styr skeden och behörighet",
        "intake": "kod; räknas i uppföljningen",
        "person": "slumptal",
        "stage": "kod; arbetslistan ordnas efter den",
        "standing": "kod; styr vad som får göras",
        "workflow": "version av arbetssättet",
        "unit": "styr behörighet",
        "responsible": "den anställda",
        "is_restricted": "styr behörighet",
        "related_to": "slumptal",
        "opened_on": "räknas i uppföljningen",
        "closed_on": "räknas i uppföljningen",
        "next_deadline": "arbetslistan ordnas efter den",
        "version": "två flikar",
    }

    class Meta:
        default_permissions = ()
        permissions = [
            ("read_case", "Läsa ärendet"),
            ("work_case", "Arbeta i ärendet"),
            ("supervise_case", "Leda och godkänna i ärendet"),
        ]
        indexes = [models.Index(fields=["next_deadline", "id"], name="case_by_deadline")]
