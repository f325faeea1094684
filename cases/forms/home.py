"""The form in which a colleague says where she lives. What she types is compared and thrown away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Text
from cases.likeness import homes_in


class HomeForm(forms.Form):
    """Street and postcode."""

    street = Text(
        label=_("Gatuadress"),
        help_text=_("Till exempel Provgatan 3 A. Lägenhetsnummer behövs inte."),
        required_text=_("Skriv gatuadressen."),
        max_length=200,
    )
    postcode = Text(label=_("Postnummer"), required_text=_("Skriv postnumret."), max_length=10)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and len(homes_in(self.address)) != 1:
            words = gettext("Skriv gatan på en rad och postnumret med fem siffror, till exempel 123 45.")
            self.add_error("postcode", words)
        return cleaned

    @property
    def address(self) -> str:
        """As it would stand on an envelope."""
        return f"{self.cleaned_data['street']}\n{self.cleaned_data['postcode']}"
