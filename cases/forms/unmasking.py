"""Which group of fields is asked for."""

from __future__ import annotations

from django import forms

from cases.queries.choices import FieldGroup


class GroupForm(forms.Form):
    """One group."""

    group = forms.ChoiceField(choices=FieldGroup.choices)
