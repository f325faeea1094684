"""Something to do in a case by a day: a clock that the law or the work starts, or a worker's own reminder."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedTextField
from cases.models.row import CaseRow


class TaskEnd(models.TextChoices):
    """How a task ended; an empty code means that it waits."""

    DONE = "done", _("Klar")
    PASSED = "passed", _("Behövs inte längre")


class Task(CaseRow):
    """One thing to do. `rule` is the code of the deadline rule that set it, empty for a worker's own."""

    rule = models.CharField(_("tidsfrist"), max_length=32, blank=True, editable=False)
    about = models.UUIDField(editable=False)
    text = SealedTextField(_("vad ska göras?"), label="cases.task", blank=True, max_length=500)
    starts_on = models.DateField(_("räknas från"), editable=False)
    due_on = models.DateField(_("senast"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("vem gör det?")
    )
    ended = models.CharField(max_length=8, choices=TaskEnd, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    escalated_at = models.DateTimeField(null=True, editable=False)

    plain_because = {
        **CaseRow.plain_because,
        "rule": "kod; arbetslistan ordnas efter den",
        "about": "slumptal: raden som fristen gäller, eller ärendet",
        "starts_on": "tidsfristen räknas från den",
        "due_on": "arbetslistan ordnas efter den",
        "assigned_to": "den anställda",
        "ended": "kod",
        "ended_at": "drift",
        "ended_by": "den anställda",
        "escalated_at": "drift",
    }

    class Meta:
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], condition=Q(ended=""), name="open_task_by_person"),
            models.Index(fields=["case", "due_on"], condition=Q(ended=""), name="open_task_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="an_ended_task_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["case", "rule", "about", "starts_on"],
                condition=Q(ended="") & ~Q(rule=""),
                name="one_open_clock_per_rule_and_row",
            ),
        ]
