"""The form of a journal note."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from cases.forms.drafts import DraftForm
from cases.forms.fields import Day, Text, choice, not_after
from cases.queries.choices import NoteKind


class NoteForm(DraftForm):
    """Facts apart from assessment; one of them must be there before it is signed."""

    needed: ClassVar[dict[str, Any]] = {
        "kind": _("Välj slag av anteckning innan du signerar."),
        "event_date": _("Ange dagen då det hände innan du signerar."),
    }
    also_needed = ("facts",)

    kind = choice(label=_("Slag av anteckning"), choices=NoteKind.choices, radio=False, required=False)
    event_date = Day(
        label=_("Händelsedatum"), help_text=_("Dagen då det hände, inte då du skriver."), required=False
    )
    source = Text(
        label=_("Källa"), help_text=_("Vem som har berättat eller sett."), required=False, max_length=200
    )
    facts = Text(
        label=_("Faktiska omständigheter"),
        help_text=_("Det som hände och det som sades, utan värdering."),
        required=False,
        max_length=20000,
        tall=True,
    )
    assessment = Text(
        label=_("Bedömning"),
        help_text=_("Din egen bedömning, skild från fakta."),
        required=False,
        max_length=20000,
        rows=8,
    )

    def clean_event_date(self) -> date | None:
        day: date | None = self.cleaned_data["event_date"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        is_said = values.get("facts") or values.get("assessment")
        if self.to_sign and {"facts", "assessment"} <= values.keys() and not is_said:
            self.add_error("facts", _("Skriv vad som hände, eller din bedömning, innan du signerar."))
        return values
