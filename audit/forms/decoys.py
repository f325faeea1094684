"""What is asked about a decoy, and what an alert led to. Checks shape; `audit.decoys` decides."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit import queries
from audit.review.choices import LONGEST_TEXT
from avhopp.accounts.queries import open_accounts
from avhopp.accounts.roles import Right, may_try
from avhopp.web.fields import Text


class DecoyForm(forms.Form):
    """Which case, and who knows that it is invented."""

    number = forms.CharField(
        label=_("Ärendenummer"),
        max_length=16,
        error_messages={"required": _("Skriv det påhittade ärendets nummer.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    known_to = forms.MultipleChoiceField(
        label=_("Vilka kollegor känner till att ärendet är påhittat?"),
        help_text=_("De som har lagt upp det. När de öppnar ärendet larmas ingen."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["known_to"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(account.pk), account.name)
            for account in open_accounts()
            if may_try(role=account.role, right=Right.READ_CASES)
        ]

    def clean_number(self) -> str:
        """Give a number as cases are numbered."""
        typed: str = self.cleaned_data["number"].strip().upper()
        known = queries.case_numbers()
        if known is None or not re.fullmatch(known.pattern, typed, re.ASCII):
            example = known.example if known else ""
            raise forms.ValidationError(
                gettext("Skriv hela ärendenumret, till exempel %(example)s.") % {"example": example}
            )
        return typed


class OutcomeForm(forms.Form):
    """What was done when somebody had opened a decoy."""

    outcome = Text(
        label=_("Vad gjordes, när och av vem?"),
        required_text=_("Skriv vad som gjordes, så att den som läser kan förstå det."),
        max_length=LONGEST_TEXT,
        rows=5,
    )


def refuse_number(form: DecoyForm, text: str) -> None:
    """Say at the number why the case cannot be a decoy."""
    form.add_error("number", text)
