"""Who stands near the person and who is a danger to her, inside one case alone.

Neither is a shared person: nothing here points to another case or can be searched, because a graph across cases would
be an intelligence register (domain.md §4). Somebody who needs help herself gets a case of her own.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedBooleanField, SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.row import CaseRow


class RelationKind(models.TextChoices):
    """How she is related to the client."""

    CHILD = "child", _("Barn")
    PARTNER = "partner", _("Partner")
    SIBLING = "sibling", _("Syskon")
    PARENT = "parent", _("Förälder")
    RELATIVE = "relative", _("Annan släkting")
    FRIEND = "friend", _("Vän eller annan närstående")


class Relation(CaseRow):
    """A relative (närstående) as the client's own case needs to know her."""

    kind = SealedChoiceField(_("relation"), label="cases.relation", choices=RelationKind)
    name = SealedTextField(_("namn"), label="cases.relation", max_length=200)
    birth_date = SealedDateField(_("födelsedatum"), label="cases.relation", blank=True)
    role = SealedTextField(_("roll i ärendet"), label="cases.relation", blank=True, max_length=1000)
    is_threatened = SealedBooleanField(_("berörs av hotet?"), label="cases.relation", blank=True)

    history = SealedHistoricalRecords(label="cases.relation")


class Threat(models.TextChoices):
    """What a tie means for the client's safety."""

    UNKNOWN = "unknown", _("Inte bedömt")
    NONE = "none", _("Inget hot")
    POSSIBLE = "possible", _("Möjligt hot")
    DIRECT = "direct", _("Uttalat hot")


class NetworkTie(CaseRow):
    """Somebody in the client's network, by a free label. Not a person: without number, link or search."""

    label = SealedTextField(_("benämning"), label="cases.networktie", max_length=200)
    role = SealedTextField(_("roll i nätverket"), label="cases.networktie", blank=True, max_length=500)
    threat = SealedChoiceField(_("betydelse för hotet"), label="cases.networktie", choices=Threat)
    note = SealedTextField(_("att tänka på"), label="cases.networktie", blank=True, max_length=1000)

    history = SealedHistoricalRecords(label="cases.networktie")
