"""Forms about whether work goes on, about leaving the joint programme, and about a new case out of an ended one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cases.forms.cases import INTAKE, TRACK, CaseForm, ResponsibleForm
from cases.forms.fields import Text, choice
from cases.queries.choices import LeavingReason
from cases.workflow import STANDING_NAMES, Standing


class StandingForm(forms.Form):
    """What becomes of the case, and why."""

    to = choice(label=_("Vad gäller nu?"), choices=[])
    reason = Text(
        label=_("Varför?"),
        help_text=_("Lagens tidsfrister fortsätter också när ärendet vilar."),
        required_text=_("Skriv varför."),
        max_length=2000,
        rows=4,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ways: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(way.value, translated(STANDING_NAMES[way])) for way in ways]


class LeaveProgrammeForm(forms.Form):
    """Why the joint programme ends."""

    because = choice(
        label=_("Varför upphör det gemensamma programmet?"),
        help_text=_("Skriv inga uppgifter om utredningar eller vittnesmål i journalen; koden räcker."),
        choices=[(code.value, code.label) for code in LeavingReason if code != LeavingReason.CLOSED],
    )


class ReenterForm(ResponsibleForm, CaseForm):
    """A new case for a person whose case has ended; what is known of the person comes along."""

    track = TRACK
    intake = INTAKE

    field_order = ("track", "intake", "responsible")
