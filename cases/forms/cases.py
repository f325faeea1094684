"""Forms that open a case and change what it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, SentOnce, Text, choice, not_after
from cases.forms.people import NewPersonForm
from cases.queries.choices import Intake, Source
from cases.queries.rows import User
from cases.workflow import TRACK_NAMES, Track

TRACK = choice(label=_("Slag av ärende"), choices=[(track.value, TRACK_NAMES[track]) for track in Track])
INTAKE = choice(label=_("Hur kom ärendet in?"), choices=Intake.choices)


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
    """The same for a case that exists; `version` is the case's as it was shown."""

    intake = INTAKE
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("intake",)

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown."""
        return {
            name: self.cleaned_data[name]
            for name in ("intake", "source", "need")
            if self.cleaned_data[name] != self.initial.get(name)
        }


LONGEST_AGO = timedelta(days=366)


class ResponsibleForm(SentOnce):
    """Who is responsible; proposed is whoever opens the case, if she may be."""

    responsible = choice(label=_("Ansvarig handläggare"), choices=[], radio=False)

    def __init__(self, *args: Any, person: UUID, people: list[User], **kwargs: Any) -> None:
        self.people = {str(user.pk): user for user in people}
        super().__init__(*args, person=person, **kwargs)
        field = self.fields["responsible"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Välj")), *((key, user.name) for key, user in self.people.items())]
        if str(person) in self.people:
            field.initial = str(person)

    def clean_responsible(self) -> User:
        return self.people[self.cleaned_data["responsible"]]


class OpenCaseForm(ResponsibleForm, CaseForm, NewPersonForm):
    """Everything that a new case needs."""

    track = TRACK
    intake = INTAKE
    received_on = Day(
        label=_("När kom anmälan eller ansökan in?"),
        help_text=_("Lagens tidsfrister räknas från den dagen. Lämnas det tomt räknas de från i dag."),
        required=False,
    )
    has_asked = forms.BooleanField(
        label=_("Jag har frågat enheten och ska öppna ett eget ärende"), required=False
    )

    field_order = ("track", "intake", "received_on", "responsible", "given_name", "family_name")

    def clean_received_on(self) -> date | None:
        day: date | None = self.cleaned_data["received_on"]
        not_after(day, self.today)
        if day is not None and day < self.today - LONGEST_AGO:
            raise ValidationError(_("Dagen ligger mer än ett år tillbaka. Kontrollera året."))
        return day

    @property
    def new_id(self) -> UUID:
        """The id of the case that this form makes."""
        key: UUID = self.cleaned_data["key"]
        return key


class OpenBesideForm(OpenCaseForm):
    """A case of her own for somebody near a client; which sort of case it is follows from that."""

    track = None  # type: ignore[assignment]
    intake = None  # type: ignore[assignment]
    received_on = None  # type: ignore[assignment]
