"""The forms of a booked meeting and of two who must not meet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice
from cases.queries.choices import Place

LENGTHS = [("30", _("30 minuter")), ("60", _("1 timme")), ("90", _("1,5 timme")), ("120", _("2 timmar"))]


class MeetingForm(RowForm):
    """When, how long, where."""

    day = Day(label=_("Dag"), required_text=_("Ange dagen."))
    clock = forms.TimeField(
        label=_("Klockan"),
        widget=forms.TimeInput(format="%H:%M"),
        error_messages={"invalid": _("Skriv klockslaget som 14:30."), "required": _("Ange klockslaget.")},
    )
    length = choice(label=_("Hur länge?"), choices=LENGTHS)
    place = choice(label=_("Var?"), choices=Place.choices)
    note = Text(label=_("Att tänka på"), required=False, max_length=500, rows=2)

    def times(self) -> tuple[datetime, datetime]:
        """When it starts and ends, Stockholm time."""
        start = timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"]))
        return start, start + timedelta(minutes=int(self.cleaned_data["length"]))


class KeepApartForm(RowForm):
    """Whom the client must not meet, and why."""

    number = Text(
        label=_("Den andres ärendenummer"),
        help_text=_("Ett ärende som du också leder."),
        required_text=_("Skriv ärendets nummer."),
        max_length=16,
    )
    reason = Text(
        label=_("Varför?"),
        help_text=_("Står bara i det här ärendet."),
        required_text=_("Skriv varför."),
        max_length=500,
        rows=3,
    )

    def clean_number(self) -> Any:
        return str(self.cleaned_data["number"]).strip().upper()
