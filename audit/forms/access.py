"""Which case, and when: the question who could see it then."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccessThenForm(forms.Form):
    """A case number, a day, and a time of it."""

    number = forms.CharField(
        label=_("Ärendenummer"),
        max_length=16,
        error_messages={"required": _("Skriv ärendets nummer.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    day = forms.DateField(
        label=_("Dag"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
        input_formats=["%Y-%m-%d", "%Y%m%d"],
        error_messages={"invalid": _("Skriv datumet som ÅÅÅÅ-MM-DD."), "required": _("Skriv vilken dag.")},
    )
    clock = forms.TimeField(
        label=_("Klockslag"),
        help_text=_("Lämna tomt för mitt på dagen."),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Skriv klockslaget som 14:30.")},
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()

    def moment(self) -> datetime:
        """The moment that is asked about, Stockholm time."""
        values: dict[str, Any] = self.cleaned_data
        return timezone.make_aware(datetime.combine(values["day"], values["clock"] or time(12)))
