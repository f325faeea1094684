"""The form of a risk or threat assessment. It asks for a result in words and for no item of any instrument."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from cases.forms.drafts import DraftForm
from cases.forms.fields import Day, Text, choice, not_after
from cases.queries.choices import AssessmentKind, ThreatLevel


class AssessmentForm(DraftForm):
    """Who assessed what, on which ground, with which result, and until when it holds."""

    needed: ClassVar[dict[str, Any]] = {
        "kind": _("Välj slag av bedömning innan du signerar."),
        "assessed_on": _("Ange dagen för bedömningen innan du signerar."),
        "assessor": _("Skriv vem som har bedömt innan du signerar."),
        "sources": _("Skriv vad bedömningen bygger på innan du signerar."),
        "result": _("Skriv resultatet innan du signerar."),
        "valid_until": _("Ange hur länge bedömningen gäller innan du signerar."),
        "review_on": _("Ange när det ska bedömas på nytt innan du signerar."),
    }
    also_needed = ("training", "threat_level")

    kind = choice(
        label=_("Slag av bedömning"),
        choices=AssessmentKind.choices,
        radio=False,
        required=False,
        help_text=_("Har du använt ett instrument skriver du bara resultatet, med egna ord."),
    )
    assessed_on = Day(label=_("Dag för bedömningen"), required=False)
    assessor = Text(label=_("Bedömare"), help_text=_("Namn och titel."), required=False, max_length=200)
    training = Text(
        label=_("Bedömarens utbildning i instrumentet"),
        help_text=_("Behövs inte för en hotbildsbedömning."),
        required=False,
        max_length=200,
    )
    sources = Text(
        label=_("Källor"),
        help_text=_("Vem som har berättat, vad som har lästs."),
        required=False,
        max_length=1000,
        rows=3,
    )
    threat_level = choice(
        label=_("Hotnivå"),
        choices=[("", _("Bedöms inte här")), *ThreatLevel.choices],
        required=False,
        help_text=_("Måste väljas för en hotbildsbedömning."),
    )
    threatened = Text(label=_("Mot vem riktas hotet?"), required=False, max_length=500, rows=2)
    result = Text(
        label=_("Resultat"),
        help_text=_("Vad bedömningen visar och vad den betyder för arbetet."),
        required=False,
        max_length=8000,
        rows=8,
    )
    police_information = Text(
        label=_("Uppgifter från polisen"),
        help_text=_("Skrivs här och ingen annanstans. De märks: lämnas inte ut utan menprövning."),
        required=False,
        max_length=4000,
        rows=4,
    )
    motivation = Text(label=_("Motivation"), required=False, max_length=2000, rows=3)
    protective_factors = Text(label=_("Skyddsfaktorer"), required=False, max_length=2000, rows=3)
    review_on = Day(
        label=_("Ny bedömning senast"), help_text=_("En uppgift påminner den dagen."), required=False
    )
    valid_until = Day(label=_("Gäller till och med"), required=False)

    def clean_assessed_on(self) -> date | None:
        day: date | None = self.cleaned_data["assessed_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.to_sign:
            return values
        is_threat = values.get("kind") == AssessmentKind.THREAT
        if is_threat and not values.get("threat_level"):
            self.add_error("threat_level", _("Välj hotnivå innan du signerar."))
        if values.get("kind") and not is_threat and not values.get("training"):
            self.add_error("training", _("Skriv vilken utbildning bedömaren har i instrumentet."))
        days = [values.get(name) for name in ("assessed_on", "review_on", "valid_until")]
        if all(days) and days[1] < days[0]:  # type: ignore[operator]
            self.add_error("review_on", _("Nästa bedömning kan inte vara före den här."))
        if all(days) and days[2] < days[1]:  # type: ignore[operator]
            self.add_error(
                "valid_until", _("Bedömningen ska gälla tills nästa är gjord. Välj en senare dag.")
            )
        return values
