"""The codes of the review, with the words that a reviewer reads."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 2000


class ItemKind(models.TextChoices):
    """How an item came into the review."""

    SAMPLE = "sample", _("Stickprov")
    HIT = "hit", _("Regelträff")


class Verdict(models.TextChoices):
    """What the reviewer found."""

    CLEAR = "clear", _("Utan anmärkning")
    REMARK = "remark", _("Med anmärkning")


class Measure(models.TextChoices):
    """What a remark led to."""

    EXPLAINED = "explained", _("Det fanns en godtagbar förklaring")
    TALKED = "talked", _("Samtal med medarbetaren")
    ACCESS_CHANGED = "access_changed", _("Åtkomsten har ändrats")
    ROUTINE_CHANGED = "routine_changed", _("Rutinen har ändrats")
    HANDED_OVER = "handed_over", _("Överlämnat till ansvarig chef")
    REPORTED = "reported", _("Anmält (polis, tillsynsmyndighet eller lex Sarah)")
