"""The form of a plan's follow-up: one rating and one comment for each goal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, not_after
from cases.goals import RATINGS, Goal
from cases.trend import with_sign


class PlanFollowUpForm(RowForm):
    """How far each goal is reached; a goal that nobody could rate is left out."""

    happened_on = Day(label=_("Dag för uppföljningen"), required_text=_("Ange dagen."))
    client_view = Text(label=_("Den enskildes syn"), required=False, max_length=4000, rows=3)
    summary = Text(label=_("Sammanfattning"), required=False, max_length=4000, rows=3)
    next_on = Day(
        label=_("Nästa uppföljning senast"),
        help_text=_("Lämna tomt om planen inte ska följas upp igen."),
        required=False,
    )

    def __init__(self, *args: Any, goals: Iterable[Goal], row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.goals = list(goals)
        ratings = row.ratings if row is not None else {}
        for goal in self.goals:
            code, said = goal["code"], ratings.get(goal["code"], {})
            self.fields |= {f"rating_{code}": _rating(goal["text"]), f"comment_{code}": _comment()}
            self.initial[f"rating_{code}"] = said.get("rating")
            self.initial[f"comment_{code}"] = said.get("comment", "")
        rated = [f"{part}_{goal['code']}" for goal in self.goals for part in ("rating", "comment")]
        self.order_fields(["happened_on", *rated])

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        not_after(day, self.today)
        return day

    def clean_next_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_on"]
        if day is not None and day <= self.today:
            raise ValidationError(_("Välj en dag som inte har varit än, eller lämna tomt."))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not self._ratings() and self.goals:
            self.add_error(f"rating_{self.goals[0]['code']}", _("Bedöm minst ett mål."))
        return values

    def values(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {**super().values(), "ratings": self._ratings()}

    def _ratings(self) -> dict[str, dict[str, Any]]:
        said = self.cleaned_data
        return {
            goal["code"]: {"rating": rating, "comment": said.get(f"comment_{goal['code']}", "")}
            for goal in self.goals
            if (rating := said.get(f"rating_{goal['code']}")) is not None
        }


def _rating(goal: str) -> forms.TypedChoiceField:
    choices = [(number, f"{with_sign(number)} – {_(words)}") for number, words in RATINGS.items()]
    field = forms.TypedChoiceField(
        label=goal,
        choices=[*choices, ("", _("Inte bedömt"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    # One of the goals at least; the word "frivilligt" beside each would say otherwise.
    field.needed_later = True  # type: ignore[attr-defined]
    return field


def _comment() -> Text:
    return Text(label=_("Kommentar"), required=False, max_length=1000, rows=2)
