"""Forms that open a case and change what it says."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, SentOnce, Text, choice
from cases.forms.people import PersonForm
from cases.queries.choices import Source
from cases.queries.rows import User
from cases.workflow import TRACK_NAMES, Track


class CaseForm(forms.Form):
    """What the case is about."""

    source = choice(label=_("Vem tog initiativet?"), choices=Source.choices, radio=False)
    need = Text(
        label=_("Vad gäller ärendet?"),
        required_text=_("Skriv kort vad ärendet gäller."),
        max_length=4000,
        rows=7,
    )


class EditCaseForm(CaseForm):
    """The same and the next deadline, for a case that exists; `version` is the case's as it was shown."""

    next_deadline = Day(
        label=_("Nästa tidsfrist"),
        help_text=_("Ärendet står överst bland dina uppgifter när dagen närmar sig."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_next_deadline(self) -> date | None:
        day: date | None = self.cleaned_data["next_deadline"]
        if day is not None and day < self.today and day != self.initial.get("next_deadline"):
            raise ValidationError(_("Dagen har redan varit. Välj en dag som kommer, eller lämna tomt."))
        return day

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown."""
        names = ("source", "need", "next_deadline")
        return {
            name: self.cleaned_data[name]
            for name in names
            if self.cleaned_data[name] != self.initial.get(name)
        }


class OpenCaseForm(SentOnce, CaseForm, PersonForm):
    """Everything that a new case needs."""

    track = choice(label=_("Slag av ärende"), choices=[(track.value, TRACK_NAMES[track]) for track in Track])
    responsible = choice(label=_("Ansvarig handläggare"), choices=[], radio=False)

    field_order = ("track", "responsible", "given_name", "family_name")

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        self.people = {str(user.pk): user for user in people}
        super().__init__(*args, **kwargs)
        field = self.fields["responsible"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Välj")), *((key, user.name) for key, user in self.people.items())]
        if str(self.person) in self.people:
            field.initial = str(self.person)

    def clean_responsible(self) -> User:
        return self.people[self.cleaned_data["responsible"]]

    @property
    def new_id(self) -> UUID:
        """The id of the case that this form makes."""
        key: UUID = self.cleaned_data["key"]
        return key
