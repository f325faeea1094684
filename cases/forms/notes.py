"""The form of a journal note: anything may be missing in a draft, nothing that matters in what is signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Choice, Day, Text, choice, not_after
from cases.queries.choices import NoteKind

CONTENT = ("kind", "event_date", "source", "facts", "assessment", "correction_reason")


class NoteForm(forms.Form):
    """A draft; `to_sign` asks for what a signed note must have."""

    correction_reason = Text(
        label=_("Skäl för rättelsen"),
        help_text=_("Vad var fel, och hur vet du det? Originalet står kvar under rättelsen."),
        required=False,
        max_length=1000,
        rows=3,
    )
    kind = choice(label=_("Slag av anteckning"), choices=NoteKind.choices, radio=False, required=False)
    event_date = Day(
        label=_("Händelsedatum"), help_text=_("Dagen då det hände, inte då du skriver."), required=False
    )
    source = Text(
        label=_("Källa"), help_text=_("Vem som har berättat eller sett."), required=False, max_length=200
    )
    facts = Text(
        label=_("Faktiska omständigheter"),
        help_text=_("Det som hände och det som sades, utan värdering."),
        required=False,
        max_length=20000,
        tall=True,
    )
    assessment = Text(
        label=_("Bedömning"),
        help_text=_("Din egen bedömning, skild från fakta."),
        required=False,
        max_length=20000,
        rows=8,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, today: date, is_correction: bool, to_sign: bool = False, **kwargs: Any
    ) -> None:
        self.today, self.to_sign = today, to_sign
        super().__init__(*args, **kwargs)
        for name in ("correction_reason", "kind", "event_date", "facts"):
            field = self.fields[name]
            assert isinstance(field, Text | Day | Choice)
            field.needed_later = True
        if not is_correction:
            del self.fields["correction_reason"]

    def clean_event_date(self) -> date | None:
        day: date | None = self.cleaned_data["event_date"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.to_sign:
            return values
        needed = {
            "kind": _("Välj slag av anteckning innan du signerar."),
            "event_date": _("Ange dagen då det hände innan du signerar."),
            "correction_reason": _("Skriv varför anteckningen rättas innan du signerar."),
        }
        for name, sentence in needed.items():
            if name in self.fields and name in values and not values[name]:
                self.add_error(name, sentence)
        if "facts" in values and "assessment" in values and not (values["facts"] or values["assessment"]):
            self.add_error("facts", _("Skriv vad som hände, eller din bedömning, innan du signerar."))
        return values

    def content(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {name: self.cleaned_data[name] for name in CONTENT if name in self.fields}


class VersionForm(forms.Form):
    """Which version of a draft a person has before her."""

    version = forms.IntegerField(widget=forms.HiddenInput)
