"""Decoys (lockärenden): invented cases that nobody has a reason to open, and what was opened of them.

Which case it is stands nowhere in clear, in no leaf either: whoever reads the database sees how many decoys there are
and since when, and cannot tell them from the cases that people are in.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.review.choices import LONGEST_TEXT
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedJSONField, SealedTextField


class DecoyState(models.TextChoices):
    """How far a decoy has come."""

    WAITING = "waiting", _("Väntar på en till")
    WATCHED = "watched", _("Bevakas")
    DECLINED = "declined", _("Avslagen")
    ENDED = "ended", _("Bevakas inte längre")


def _staff(*, may_lack: bool = False) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=may_lack, related_name="+", editable=False
    )


class Decoy(SealedModel):
    """One case that is watched. `named` holds its scope, its number and the colleagues who know of it."""

    sealed_scope = "id"
    is_told_of = True

    state = models.CharField(max_length=8, choices=DecoyState, default=DecoyState.WAITING, editable=False)
    named = SealedJSONField(label="audit.decoy", editable=False)
    asked_by = _staff()
    asked_at = models.DateTimeField(editable=False)
    decided_by = _staff(may_lack=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    ended_by = _staff(may_lack=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    plain_because = {
        "state": "kod; vilket ärende det är står förseglat",
        "asked_by": "den anställda",
        "asked_at": "loggens egen uppgift",
        "decided_by": "den anställda, så att databasen kan vägra den som godkänner sig själv",
        "decided_at": "loggens egen uppgift",
        "ended_by": "den anställda",
        "ended_at": "loggens egen uppgift",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=DecoyState.WAITING, decided_by__isnull=True)
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("asked_by"))),
                name="nobody_approves_her_own_decoy",
            ),
        ]


class DecoyAlert(SealedModel):
    """That somebody has opened a decoy; stands on the page until what it led to is written down."""

    sealed_scope = "decoy_id"
    is_told_of = True

    decoy = models.ForeignKey(Decoy, on_delete=models.PROTECT, related_name="alerts", editable=False)
    found_at = models.DateTimeField(editable=False)
    # Who, when and in which leaf: in clear it would lead to the decoy by way of the leaf.
    seen = SealedJSONField(label="audit.decoy_alert", editable=False)
    handled_by = _staff(may_lack=True)
    handled_at = models.DateTimeField(null=True, editable=False)
    outcome = SealedTextField(
        _("vad larmet ledde till"), label="audit.decoy_alert", blank=True, max_length=LONGEST_TEXT
    )

    plain_because = {
        "decoy": "slumptal",
        "found_at": "loggens egen uppgift",
        "handled_by": "den anställda",
        "handled_at": "loggens egen uppgift",
    }
