"""A plan: what is to be reached, what is done for it and by whom, and how the person sees it; and its follow-ups.

A new plan takes the place of the last one, which stays readable. Source: domain.md §4; SoF 10:3 for those placed.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedJSONField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.goals import is_whole
from cases.models.row import CaseRow
from cases.models.signed import CorrectableRow


class PlanKind(models.TextChoices):
    """Whose plan it is: the social services' own, or the authorities' together (SSPF)."""

    IMPLEMENTATION = "implementation", _("Genomförandeplan")
    COMMITMENT = "commitment", _("Åtagandeplan")


class Agrees(models.TextChoices):
    """Whether the person is in on the plan."""

    YES = "yes", _("Ja, den enskilde är med på planen")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nej")


class Plan(CorrectableRow):
    """One version of the plan; `goals` is a list of `cases.goals.Goal`."""

    content: ClassVar[tuple[str, ...]] = (
        "kind",
        "agreed_on",
        "client_agrees",
        "goals",
        "client_view",
        "guardians_view",
        "follow_up_on",
        "correction_reason",
    )

    kind = SealedChoiceField(_("slag"), label="cases.plan", choices=PlanKind)
    agreed_on = SealedDateField(_("gäller från"), label="cases.plan")
    client_agrees = SealedChoiceField(
        _("är den enskilde med på planen?"), label="cases.plan", blank=True, choices=Agrees
    )
    goals = SealedJSONField(_("mål och insatser"), label="cases.plan")
    client_view = SealedTextField(_("den enskildes syn"), label="cases.plan", blank=True, max_length=4000)
    guardians_view = SealedTextField(
        _("vårdnadshavarnas syn"), label="cases.plan", blank=True, max_length=4000
    )
    follow_up_on = SealedDateField(_("följs upp"), label="cases.plan", blank=True)
    correction_reason = SealedTextField(
        _("skäl för rättelsen"), label="cases.plan", blank=True, max_length=1000
    )

    class Meta(CorrectableRow.Meta):
        indexes = [models.Index(fields=["case", "-created_at"], name="plan_by_case")]

    def is_complete(self, today: date) -> bool:
        dated = (
            self.agreed_on is not None
            and self.agreed_on <= today
            and self.follow_up_on is not None
            and self.agreed_on < self.follow_up_on
        )
        said = bool(self.kind and self.client_agrees and self.client_view.strip()) and is_whole(self.goals)
        return dated and said and (self.corrects_id is None or bool(self.correction_reason.strip()))

    def is_agreed(self, on: date) -> bool:
        """Tell whether the person is in on it, wholly or in part, that day; needs an open scope."""
        return self.is_signed and self.agreed_on <= on and self.client_agrees in {Agrees.YES, Agrees.PARTLY}


class PlanFollowUp(CaseRow):
    """How far the goals of a plan were reached one day; `ratings` holds `rating` and `comment` by the goal's code."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="follow_ups", editable=False)
    happened_on = SealedDateField(_("datum"), label="cases.plan_follow_up")
    ratings = SealedJSONField(_("måluppfyllelse"), label="cases.plan_follow_up")
    client_view = SealedTextField(
        _("den enskildes syn"), label="cases.plan_follow_up", blank=True, max_length=4000
    )
    summary = SealedTextField(_("sammanfattning"), label="cases.plan_follow_up", blank=True, max_length=4000)
    next_on = SealedDateField(_("nästa uppföljning"), label="cases.plan_follow_up", blank=True)

    history = SealedHistoricalRecords(label="cases.plan_follow_up")

    plain_because = {**CaseRow.plain_because, "plan": "slumptal"}

    class Meta:
        indexes = [models.Index(fields=["case", "-created_at"], name="plan_follow_up_by_case")]
