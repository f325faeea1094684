"""A verdict, what a remark led to, and the signature. Checks shape; `audit.review` decides."""

from __future__ import annotations

from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.review.choices import LONGEST_TEXT, Measure, Verdict
from avhopp.web.fields import Text


class Given(TypedDict):
    """What a verdict says."""

    verdict: Verdict
    remark: str


class VerdictForm(forms.Form):
    """The remark; the button that is pressed says whether there is one."""

    do = forms.ChoiceField(
        choices=Verdict.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Välj Utan anmärkning eller Med anmärkning.")},
    )
    remark = Text(
        label=_("Anmärkning"),
        help_text=_(
            "Bara om något inte är som det ska. Skriv vad som behöver redas ut, utan klientens namn."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        rows=4,
    )

    def verdict(self) -> Given:
        """What a valid form says."""
        return {"verdict": Verdict(self.cleaned_data["do"]), "remark": self.cleaned_data["remark"]}


class FollowUpForm(forms.Form):
    """What was done about a remark."""

    measure = forms.ChoiceField(
        label=_("Vad ledde anmärkningen till?"),
        choices=Measure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett av alternativen.")},
    )
    text = Text(
        label=_("Vad gjordes, när och av vem?"),
        required_text=_("Skriv vad som gjordes, så att den som läser kan förstå det."),
        max_length=LONGEST_TEXT,
        rows=5,
    )


class SignatureForm(forms.Form):
    """A few words about the month, if there is something to say."""

    summary = Text(
        label=_("Sammanfattning"),
        help_text=_("Frivillig. Till exempel vad månaden visade eller vad som bör ändras."),
        required=False,
        max_length=LONGEST_TEXT,
        rows=3,
    )


def refuse_empty_remark(form: VerdictForm) -> None:
    """Say at the field that a remark needs words."""
    form.add_error("remark", _("Skriv vad som behöver redas ut, eller välj Utan anmärkning."))
