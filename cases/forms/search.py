"""The one field of the search."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases import searching
from cases.forms.fields import Text


class SearchForm(forms.Form):
    """A name, an identity number or a case number."""

    term = Text(
        label=_("Namn, personnummer eller ärendenummer"),
        help_text=_("Sökningen går igenom dina egna ärenden och antecknas i loggen. Annat får inte sökas."),
        required_text=_("Skriv det du söker."),
        max_length=100,
    )

    def clean_term(self) -> searching.Term:
        try:
            return searching.read(self.cleaned_data["term"])
        except searching.TooShort:
            raise ValidationError(_("Skriv minst tre bokstäver.")) from None
