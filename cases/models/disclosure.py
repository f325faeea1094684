"""Information given, or not given, to somebody outside (utlämnande): on request or on our own initiative, one concept.

A row waits until it is decided, and nothing has been given by then. Once decided it is locked by the database: who it
went to and how that was known, on which ground, after which balance, exactly what, when, how and by whom.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import (
    SealedBooleanField,
    SealedChoiceField,
    SealedDateField,
    SealedJSONField,
    SealedTextField,
)
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.consent import Receiver
from cases.models.row import CaseRow

RECIPIENTS = [
    *Receiver.choices,
    ("prosecutor", _("Åklagare")),
    ("court", _("Domstol")),
    ("law_enforcement", _("Annan brottsbekämpande myndighet")),
    ("client", _("Den enskilde själv")),
    ("guardian", _("Vårdnadshavare")),
    ("other", _("Någon annan")),
]


class Initiative(models.TextChoices):
    """Who began."""

    REQUEST = "request", _("Någon har begärt det")
    OWN = "own", _("Vi själva")


class Matter(models.TextChoices):
    """What is asked for; the first two have provisions of their own."""

    CONTACT = "contact", _("Kontaktuppgifter")
    WHEREABOUTS = "whereabouts", _("Om personen vistas på skyddat boende eller hem för vård")
    OTHER = "other", _("Andra uppgifter eller handlingar")


class Verification(models.TextChoices):
    """How we know who it is."""

    SWITCHBOARD = "switchboard", _("Motringning via myndighetens växel")
    IN_PERSON = "in_person", _("Tjänstekort eller legitimation vid besök")
    SECURE = "secure", _("Säker digital post från myndigheten")
    MEETING = "meeting", _("Känd deltagare vid ett samverkansmöte")
    NOT_DONE = "not_done", _("Inte kontrollerat")


class Answer(models.TextChoices):
    """What was decided. Nothing is sent unless it says so."""

    NONE = "none", _("Lämna inte ut")
    PART = "part", _("Lämna ut en del")
    ALL = "all", _("Lämna ut")
    TAKEN_BACK = "taken_back", _("Begäran är återtagen")


class Way(models.TextChoices):
    """How it was given. The system itself sends nothing."""

    PHONE = "phone", _("Muntligt, efter motringning")
    MEETING = "meeting", _("Muntligt vid ett möte")
    LETTER = "letter", _("Brev eller bud")
    SECURE = "secure", _("Säker digital post mellan myndigheter")
    IN_PERSON = "in_person", _("Överlämnat personligen")


GIVING = frozenset({Answer.ALL, Answer.PART})


class Disclosure(CaseRow):
    """One request or initiative, and its answer. `ground` is the consent or provision as it was named that day."""

    initiative = SealedChoiceField(_("vem tog initiativet?"), label="cases.disclosure", choices=Initiative)
    receiver = SealedChoiceField(_("till vem?"), label="cases.disclosure", choices=RECIPIENTS)
    receiver_name = SealedTextField(_("namn och tjänsteställe"), label="cases.disclosure", max_length=300)
    received_on = SealedDateField(_("dag"), label="cases.disclosure")
    matter = SealedChoiceField(_("vad gäller det?"), label="cases.disclosure", choices=Matter)
    what = SealedTextField(_("vilka uppgifter?"), label="cases.disclosure", max_length=2000)
    aim = SealedTextField(_("varför?"), label="cases.disclosure", max_length=1000)
    verification = SealedChoiceField(
        _("hur vet vi vem det är?"), label="cases.disclosure", blank=True, choices=Verification
    )
    verified_how = SealedTextField(
        _("hur det kontrollerades"), label="cases.disclosure", blank=True, max_length=500
    )
    ground = SealedTextField(_("grund"), label="cases.disclosure", blank=True, max_length=500)
    ground_row = SealedTextField(label="cases.disclosure", blank=True, editable=False)
    delegation_row = SealedTextField(label="cases.disclosure", blank=True, editable=False)
    special_reasons = SealedBooleanField(
        _("finns synnerliga skäl mot att lämna ut?"), label="cases.disclosure", blank=True
    )
    balance = SealedTextField(_("avvägning"), label="cases.disclosure", blank=True, max_length=4000)
    answer = SealedChoiceField(_("beslut"), label="cases.disclosure", blank=True, choices=Answer)
    sent_text = SealedTextField(
        _("exakt vad som lämnas"), label="cases.disclosure", blank=True, max_length=8000
    )
    sent_rows = SealedJSONField(label="cases.disclosure", blank=True, editable=False)
    sent_on = SealedDateField(_("lämnat"), label="cases.disclosure", blank=True)
    sent_how = SealedChoiceField(_("hur?"), label="cases.disclosure", blank=True, choices=Way)
    appeal = SealedTextField(
        _("hur beslutet överklagas"), label="cases.disclosure", blank=True, max_length=2000
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    history = SealedHistoricalRecords(label="cases.disclosure")

    plain_because = {
        **CaseRow.plain_because,
        "decided_at": "låser raden",
        "decided_by": "den anställda",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_decided_disclosure_has_a_name",
            )
        ]

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None
