"""The form of a follow-up after closure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice, not_after
from cases.queries.choices import Crime, Housing, KnownThreat, Occupation, Point, Reached, Substance


class FollowUpForm(RowForm):
    """How it went; "vet inte" is an answer, an empty line is not."""

    happened_on = Day(label=_("Datum"), required_text=_("Ange dagen."))
    reached = choice(label=_("Fick ni kontakt?"), choices=Reached.choices)
    housing = choice(label=_("Boende"), choices=Housing.choices)
    occupation = choice(label=_("Sysselsättning"), choices=Occupation.choices)
    substance = choice(label=_("Missbruk"), choices=Substance.choices)
    threat = choice(label=_("Hot"), choices=KnownThreat.choices)
    crime = choice(label=_("Nytt brott efter avslutet"), choices=Crime.choices)
    comment = Text(label=_("Kommentar"), required=False, max_length=4000, rows=4)

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        not_after(day, self.today)
        return day


class NewFollowUpForm(FollowUpForm):
    """The same, with which of the follow-ups it is."""

    months = choice(label=_("Vilken uppföljning är det?"), choices=[])

    field_order = ("months",)

    def __init__(self, *args: Any, points: Iterable[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["months"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(point.value), point.label) for point in points]

    def clean_months(self) -> Point:
        return Point(int(self.cleaned_data["months"]))

    def values(self) -> dict[str, Any]:
        """The answers without the point, which the action takes by itself."""
        return {name: value for name, value in super().values().items() if name != "months"}
