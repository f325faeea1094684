"""The release ledger: what was proposed, what became of it, what was said, and the proof of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedJSONField, SealedTextField
from followup.models.agreement import Agreement, PublicationPlan
from followup.steps import OPEN, Step
from followup.vault import FACTS


class Release(SealedModel):
    """One proposal to publish, and what became of it. What is not yet published is sealed under its own key."""

    sealed_scope = "id"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="releases", editable=False
    )
    plan = models.ForeignKey(PublicationPlan, on_delete=models.PROTECT, related_name="+", editable=False)
    period = models.CharField(max_length=6, editable=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", editable=False
    )
    step = models.CharField(max_length=9, choices=[(s.value, s.value) for s in Step], editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField(editable=False)
    draft = SealedTextField(label="followup.release")
    reach = SealedJSONField(label="followup.release")
    reason = SealedTextField(label="followup.release")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    content = models.TextField(blank=True, editable=False)
    signature = models.TextField(blank=True, editable=False)

    plain_because = {
        "agreement": "offentlig överenskommelse",
        "plan": "offentlig plan",
        "period": "halvår",
        "corrects": "slumptal",
        "step": "kod",
        "proposed_by": "den anställda",
        "proposed_at": "ordnar listan",
        "approved_by": "den anställda",
        "ended_at": "låser raden",
        "number": "står i den redovisade filen",
        "sha256": "kontrollsumma över det som redovisas",
        "content": "den redovisade filen, som alla får läsa",
        "signature": "visar vem som har redovisat",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="nobody_approves_her_own_release",
            ),
            models.CheckConstraint(
                condition=Q(
                    step=Step.PUBLISHED,
                    approved_by__isnull=False,
                    number__isnull=False,
                    ended_at__isnull=False,
                    sha256__regex="^[0-9a-f]{64}$",
                )
                & ~Q(content="")
                & ~Q(signature="")
                | ~Q(step=Step.PUBLISHED) & Q(number__isnull=True, content="", signature=""),
                name="what_is_published_is_whole_and_approved",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(step__in=OPEN), name="one_open_release_per_agreement"
            ),
            models.UniqueConstraint(fields=["agreement", "number"], name="one_release_per_number"),
        ]


class Progress(models.Model):
    """How far the counting of a release has come. It says nothing of what is counted, so no leaf tells of it."""

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, primary_key=True, related_name="progress", editable=False
    )
    decided = models.PositiveSmallIntegerField(default=0, editable=False)
    counts = models.PositiveSmallIntegerField(default=0, editable=False)
    seen_alive_at = models.DateTimeField(editable=False)

    plain_because = {
        "release": "slumptal",
        "decided": "hur långt räkningen har kommit",
        "counts": "planens antal uppgifter",
        "seen_alive_at": "drift",
    }

    def __str__(self) -> str:
        return f"{self.decided}/{self.counts}"


class Statement(models.Model):
    """One count of a published release: what was printed, and what it says. Readers read nothing else."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="statements", editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    cell = models.JSONField(editable=False)
    printed = models.CharField(max_length=20, editable=False)
    low = models.PositiveIntegerField(editable=False)
    high = models.PositiveIntegerField(null=True, editable=False)

    plain_because = dict.fromkeys(
        ("release", "position", "cell", "printed", "low", "high"), "redovisat, får läsas av alla"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="one_statement_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.position}"


class Certificate(SealedModel):
    """The proof of a release: the counts it was made from and the invented data sets that show its promise.

    As secret as a case: it lies under the key of the facts, which no person opens.
    """

    append_only = True
    shared_scope = FACTS

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="certificate", editable=False
    )
    rows = SealedJSONField(label="followup.certificate")
    witnesses = SealedTextField(label="followup.certificate")
    solver = models.CharField(max_length=20, editable=False)
    seconds = models.PositiveIntegerField(editable=False)

    plain_because = {
        "release": "slumptal",
        "solver": "vilken version som räknade",
        "seconds": "hur länge det tog",
    }


class KnownElsewhere(models.Model):
    """A figure that is already known from minutes, an answer or the press; it counts as if we had printed it."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="known_elsewhere", editable=False
    )
    period = models.CharField(max_length=6, editable=False)
    where = models.JSONField(editable=False)
    low = models.PositiveIntegerField(_("minst"))
    high = models.PositiveIntegerField(_("högst"))
    source = models.CharField(_("var står uppgiften?"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(editable=False)

    plain_because = {
        "agreement": "offentlig överenskommelse",
        "period": "halvår",
        "where": "koder",
        "low": "redan känt",
        "high": "redan känt",
        "source": "redan känt",
        "entered_by": "den anställda",
        "entered_at": "ordning",
    }

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(high__gte=F("low")), name="known_ends_are_ends")]

    def __str__(self) -> str:
        return f"{self.period} {self.id}"


class SigningKey(SealedModel):
    """The key that signs what is released; only the worker opens it. `public` is what recipients check with."""

    append_only = True
    shared_scope = FACTS

    private = SealedTextField(label="followup.signing_key")
    public = models.CharField(max_length=300, editable=False)
    made_at = models.DateTimeField(editable=False)

    plain_because = {"public": "delas med mottagarna", "made_at": "vilken nyckel som gäller"}
