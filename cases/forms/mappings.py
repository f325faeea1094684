"""The form of a mapping of needs: one group of four fields for each area."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.drafts import DraftForm
from cases.forms.fields import Choice, Day, Text, choice, not_after
from cases.needs import AREA_NAMES, PRIORITY_NAMES, SCORE_NAMES, Area

PARTS = ("score", "priority", "state", "goal")


class Score(forms.TypedChoiceField):
    """0 to 4, or not assessed."""

    needed_later = True

    def __init__(self) -> None:
        super().__init__(
            label=_("Behov"),
            choices=[
                ("", _("Inte bedömt")),
                *((score, f"{score} – {_(name)}") for score, name in SCORE_NAMES.items()),
            ],
            coerce=int,
            empty_value=None,
            required=False,
        )


class MappingForm(DraftForm):
    """Every area with its score, what it is like now, the goal and when; `last` is what was scored the last time."""

    needed: ClassVar[dict[str, Any]] = {"mapped_on": _("Ange dagen för kartläggningen innan du signerar.")}

    mapped_on = Day(label=_("Dag för kartläggningen"), required=False)
    client_view = Text(
        label=_("Den enskildes egen bild"),
        help_text=_("Vad som är viktigast enligt den enskilde själv."),
        required=False,
        max_length=4000,
        rows=4,
    )
    summary = Text(label=_("Sammanfattning"), required=False, max_length=4000, rows=4)

    def __init__(self, *args: Any, last: Mapping[str, int | None], **kwargs: Any) -> None:
        self.last = last
        super().__init__(*args, **kwargs)
        for area in Area:
            self.fields |= {f"{area}_{part}": field for part, field in _fields().items()}
        self.order_fields(["correction_reason", "mapped_on"])

    @staticmethod
    def shown(areas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """What is saved of the areas, under the names of the fields."""
        return {f"{area}_{part}": value for area, said in areas.items() for part, value in said.items()}

    def groups(self) -> list[dict[str, Any]]:
        """The areas with their fields, as the template goes through them."""
        return [
            {
                "name": _(name),
                "last": _(SCORE_NAMES[score]) if (score := self.last.get(area)) is not None else "",
                "last_score": score,
                **{part: self[f"{area}_{part}"] for part in PARTS},
            }
            for area, name in AREA_NAMES.items()
        ]

    def around(self) -> dict[str, Any]:
        """The fields before the areas and those after."""
        names = [name for name in ("correction_reason", "mapped_on") if name in self.fields]
        return {"before": [self[name] for name in names], "after": [self["client_view"], self["summary"]]}

    def clean_mapped_on(self) -> date | None:
        day: date | None = self.cleaned_data["mapped_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        scored = any(values.get(f"{area}_score") is not None for area in Area)
        if self.to_sign and not scored and not self.errors:
            self.add_error(f"{Area.PROTECTION}_score", _("Bedöm minst ett område innan du signerar."))
        return values

    def content(self) -> dict[str, Any]:
        said = self.cleaned_data
        areas = {
            str(area): {part: said[f"{area}_{part}"] for part in PARTS}
            for area in Area
            if any(said[f"{area}_{part}"] not in (None, "") for part in PARTS)
        }
        own = {name: value for name, value in super().content().items() if name in self.base_fields}
        return {**own, "areas": areas}


def _fields() -> dict[str, Score | Choice | Text]:
    found: dict[str, Score | Choice | Text] = {
        "score": Score(),
        "priority": choice(
            label=_("När?"), choices=list(PRIORITY_NAMES.items()), radio=False, required=False
        ),
        "state": Text(label=_("Nuläge"), required=False, max_length=1000, rows=2),
        "goal": Text(label=_("Mål"), required=False, max_length=500, rows=2),
    }
    for field in found.values():
        field.needed_later = True
    return found
