"""The tables of the monthly review. Rows are added and never changed: a draw, what was drawn, verdicts, what was done
about remarks, and the signature.

A leaf tells of every row with its digest (`is_told_of`), so that a verdict which the database's owner rewrites is found
by the next verification. What could tell of a client, or of a colleague's conduct, is sealed under the review's key.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.review.choices import LONGEST_TEXT, ItemKind, Measure, Verdict
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedJSONField, SealedTextField


class ReviewCycle(SealedModel):
    """A year's committed seeds: `commitment` is public from the start, `root` is the seed that all others come from."""

    sealed_scope = "id"
    append_only = True
    is_told_of = True

    year = models.PositiveSmallIntegerField(unique=True, editable=False)
    commitment = models.CharField(max_length=64, editable=False)
    root = SealedTextField(label="audit.review_cycle", editable=False)
    committed_at = models.DateTimeField(editable=False)

    plain_because = {
        "year": "år",
        "commitment": "kontrollsumma som ska vara känd",
        "committed_at": "loggens egen uppgift",
    }


class Review(SealedModel):
    """One month's draw. `seed` leads back to the year's commitment; whoever has the log can draw anew and compare."""

    sealed_scope = "id"
    append_only = True
    is_told_of = True

    month = models.DateField(unique=True, editable=False)
    seed = models.CharField(max_length=64, editable=False)
    # How many had acted this year, and how many openings of files the month had.
    people = models.PositiveIntegerField(editable=False)
    readings = models.PositiveIntegerField(editable=False)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    drawn_at = models.DateTimeField(editable=False)

    plain_because = {
        "month": "månad",
        "seed": "offentligt från dragningen",
        "people": "antal anställda",
        "readings": "antal läsningar, utan vad de gällde",
        "drawn_by": "den anställda",
        "drawn_at": "loggens egen uppgift",
    }


class ReviewItem(SealedModel):
    """One thing to judge: a drawn person's day, or readings that a rule found."""

    sealed_scope = "review_id"
    append_only = True
    is_told_of = True

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="items", editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(max_length=8, choices=ItemKind, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # Decided at the draw, so that a later change of role moves nothing between those who judge.
    for_officer = models.BooleanField(editable=False)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    # Which file and for which reasons: that a colleague bears a client's name would otherwise tell the name.
    finding = SealedJSONField(label="audit.review_item", editable=False)

    plain_because = {
        "review": "vilken månad",
        "place": "ordning",
        "kind": "kod",
        "person": "den anställda",
        "for_officer": "styr vem som bedömer",
        "starts_at": "loggens egen uppgift",
        "ends_at": "loggens egen uppgift",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "place"], name="one_item_per_place"),
        ]


class ReviewVerdict(SealedModel):
    """A verdict about an item; a later one, with a higher `number`, takes its place and leaves it readable."""

    sealed_scope = "review_id"
    append_only = True
    is_told_of = True

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+", editable=False)
    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="verdicts", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    verdict = models.CharField(max_length=8, choices=Verdict, editable=False)
    remark = SealedTextField(
        _("anmärkning"), label="audit.review_verdict", blank=True, max_length=LONGEST_TEXT
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    judged_at = models.DateTimeField(editable=False)

    plain_because = {
        "review": "vilken månad",
        "item": "slumptal",
        "number": "ordning",
        "person": "den anställda, så att databasen kan vägra den som bedömer sig själv",
        "verdict": "kod",
        "judged_by": "den anställda",
        "judged_at": "loggens egen uppgift",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="verdicts_stand_in_order"),
            models.CheckConstraint(
                condition=~models.Q(judged_by=models.F("person")), name="nobody_judges_herself"
            ),
        ]


class ReviewFollowUp(SealedModel):
    """What a remark led to."""

    sealed_scope = "review_id"
    append_only = True
    is_told_of = True

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+", editable=False)
    item = models.OneToOneField(
        ReviewItem, on_delete=models.PROTECT, related_name="follow_up", editable=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    measure = models.CharField(max_length=16, choices=Measure, editable=False)
    text = SealedTextField(_("vad som gjordes"), label="audit.review_follow_up", max_length=LONGEST_TEXT)
    followed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    followed_up_at = models.DateTimeField(editable=False)

    plain_because = {
        "review": "vilken månad",
        "item": "slumptal",
        "person": "den anställda, så att databasen kan vägra den som följer upp sig själv",
        "measure": "kod",
        "followed_up_by": "den anställda",
        "followed_up_at": "loggens egen uppgift",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(followed_up_by=models.F("person")), name="nobody_follows_up_herself"
            ),
        ]


class ReviewSignature(SealedModel):
    """That a month's review is done; nothing is judged in it after this."""

    sealed_scope = "review_id"
    append_only = True
    is_told_of = True

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="signature", editable=False)
    summary = SealedTextField(
        _("sammanfattning"), label="audit.review_signature", blank=True, max_length=LONGEST_TEXT
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    signed_at = models.DateTimeField(editable=False)

    plain_because = {
        "review": "vilken månad",
        "signed_by": "den anställda",
        "signed_at": "loggens egen uppgift",
    }
