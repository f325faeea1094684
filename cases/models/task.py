"""Something to do in a case by a day: a clock that the law or the work starts, or a worker's own reminder."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedDateField, SealedTextField
from cases.models.row import CaseRow


class TaskKind(models.TextChoices):
    """What a worker's own task is, in words that may stand in a list (SoLPuL 7 a §); the text stays in the case."""

    CALL = "call", _("Ring eller hör av dig")
    MEET = "meet", _("Boka eller håll ett möte")
    WRITE = "write", _("Skriv eller komplettera")
    ASK = "ask", _("Hämta in en uppgift")
    OTHER = "other", _("Annan uppgift")


class TaskEnd(models.TextChoices):
    """How a task ended; an empty code means that it waits."""

    DONE = "done", _("Klar")
    PASSED = "passed", _("Behövs inte längre")
    REPLACED = "replaced", _("Ersatt av en annan dag")


class Task(CaseRow):
    """One thing to do. `rule` is the code of the deadline rule that set it, empty for a worker's own.

    A birthday is plain only by its month (`due_on` is the first of it); `birthday` holds the day, sealed.
    """

    rule = models.CharField(_("tidsfrist"), max_length=32, blank=True, editable=False)
    kind = models.CharField(_("slag"), max_length=8, choices=TaskKind, blank=True)
    about = models.UUIDField(editable=False)
    text = SealedTextField(_("vad ska göras?"), label="cases.task", blank=True, max_length=500)
    starts_on = models.DateField(_("räknas från"), editable=False)
    shown_from = models.DateField(_("visas från"), editable=False)
    due_on = models.DateField(_("senast"))
    birthday = SealedDateField(_("födelsedagen"), label="cases.task", blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("vem gör det?")
    )
    extended_by = models.UUIDField(_("förlängd med beslut"), null=True, editable=False)
    ended = models.CharField(max_length=8, choices=TaskEnd, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    end_reason = SealedTextField(_("varför den inte behövs"), label="cases.task", blank=True, max_length=1000)
    escalated_at = models.DateTimeField(null=True, editable=False)

    plain_because = {
        **CaseRow.plain_because,
        "rule": "kod; arbetslistan ordnas efter den",
        "kind": "kod utan identitet; det enda som listor säger om egna uppgifter",
        "about": "slumptal: raden som fristen gäller, eller ärendet",
        "starts_on": "tidsfristen räknas från den; en födelsedags bara till månaden",
        "shown_from": "arbetslistan börjar visa den då",
        "due_on": "arbetslistan ordnas efter den; en födelsedag bara till månaden",
        "assigned_to": "den anställda",
        "extended_by": "slumptal: beslutet som förlängde fristen",
        "ended": "kod",
        "ended_at": "drift",
        "ended_by": "den anställda",
        "escalated_at": "drift",
    }

    class Meta:
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], condition=Q(ended=""), name="open_task_by_person"),
            models.Index(fields=["case", "due_on"], condition=Q(ended=""), name="open_task_by_case"),
            models.Index(
                fields=["case"],
                condition=Q(ended="", escalated_at__isnull=False),
                name="escalated_task_by_case",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="an_ended_task_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(rule="") | Q(kind=""),
                name="a_clock_is_no_task_of_ones_own",
            ),
            models.UniqueConstraint(
                fields=["case", "rule", "about", "starts_on"],
                condition=Q(ended="") & ~Q(rule=""),
                name="one_open_clock_per_rule_and_row",
            ),
        ]
