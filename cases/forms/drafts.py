"""What the forms of drafts share: anything may be missing in a draft, nothing that matters in what is signed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Choice, Choices, Day, Picked, Text


class DraftForm(forms.Form):
    """A draft; `to_sign` asks for what a signed text must have.

    `needed` gives, by field, the sentence that says what is missing; `also_needed` names fields that `clean` of the
    subclass asks for in its own way.
    """

    needed: ClassVar[dict[str, Any]] = {}
    also_needed: ClassVar[tuple[str, ...]] = ()

    correction_reason = Text(
        label=_("Skäl för rättelsen"),
        help_text=_("Vad var fel, och hur vet du det? Originalet står kvar under rättelsen."),
        required=False,
        max_length=1000,
        rows=3,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, today: date, is_correction: bool, to_sign: bool = False, **kwargs: Any
    ) -> None:
        self.today, self.to_sign = today, to_sign
        super().__init__(*args, **kwargs)
        for name in ("correction_reason", *self.needed, *self.also_needed):
            field = self.fields[name]
            assert isinstance(field, Text | Day | Choice | Choices | Picked)
            field.needed_later = True
        if not is_correction:
            del self.fields["correction_reason"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.to_sign:
            return values
        wanted = {
            "correction_reason": _("Skriv varför det rättas innan du signerar."),
            **self.needed,
        }
        for name, sentence in wanted.items():
            if name in self.fields and name in values and not values[name]:
                self.add_error(name, sentence)
        return values

    def content(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class VersionForm(forms.Form):
    """Which version of a draft a person has before her."""

    version = forms.IntegerField(widget=forms.HiddenInput)
