"""Forms of what is to be done: a new task, a colleague who takes it over, and why a clock is dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice
from cases.queries.choices import TaskKind
from cases.queries.rows import User

LONGEST = timedelta(days=3 * 366)


def colleague(label: Any) -> forms.ChoiceField:
    """A choice among those with access, filled in by the form."""
    return choice(label=label, choices=[], radio=False)


def offer(field: forms.Field, people: Iterable[User]) -> None:
    """Fill in the colleagues."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Välj")), *((str(user.pk), user.name) for user in people)]


class AddTaskForm(RowForm):
    """Something of one's own to do."""

    kind = choice(
        label=_("Vad är det?"),
        choices=TaskKind.choices,
        help_text=_("Det enda som står i listorna. Texten visas bara i ärendet."),
    )
    text = Text(
        label=_("Vad ska göras?"), required_text=_("Skriv vad som ska göras."), max_length=500, rows=3
    )
    due_on = Day(label=_("Senast"), required_text=_("Ange sista dagen."))
    assigned_to = colleague(_("Vem gör det?"))

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["assigned_to"], people)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise ValidationError(_("Dagen har redan varit. Välj i dag eller en dag som kommer."))
        if day > self.today + LONGEST:
            raise ValidationError(_("Dagen ligger mer än tre år fram. Kontrollera året."))
        return day

    def clean_assigned_to(self) -> UUID:
        return UUID(self.cleaned_data["assigned_to"])


class HandOverForm(forms.Form):
    """Who takes it over."""

    to = colleague(_("Vem tar över uppgiften?"))

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["to"], people)

    def clean_to(self) -> UUID:
        return UUID(self.cleaned_data["to"])


class DropClockForm(forms.Form):
    """Why a clock has no ground."""

    reason = Text(
        label=_("Varför ska tidsfristen inte gälla?"),
        help_text=_("Till exempel att åldern var fel antecknad."),
        required_text=_("Skriv skälet. Det står kvar i ärendet."),
        max_length=1000,
        rows=3,
    )


class BackForm(forms.Form):
    """Where a button that needs no page of its own was pressed."""

    back = forms.ChoiceField(choices=[(place, place) for place in ("start", "list", "case")], required=False)
