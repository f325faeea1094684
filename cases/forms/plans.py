"""The form of a plan, with as many goals and interventions as are written and room for one more of each.

A goal is the group of fields `g<n>_…`, an intervention of it `g<n>i<m>_…`; groups that are left empty are no goals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.catalogue.provider_rules import RULES, Answer, answer
from cases.forms.drafts import DraftForm
from cases.forms.fields import Choice, Day, Text, choice, not_after
from cases.goals import Goal
from cases.needs import AREA_NAMES
from cases.queries.choices import PLACEMENTS, Agrees, PlanKind
from cases.queries.rows import Provider

MOST_GOALS = 12
MOST_INTERVENTIONS = 6
GOAL = ("code", "area", "text", "sign", "until")
INTERVENTION = ("what", "who", "provider", "starts_on", "ends_on", "reason")
CODE = re.compile(r"[0-9a-f]{32}")


class PlanForm(DraftForm):
    """A plan. `is_minor` asks for the guardians' view too; `faults` are the providers that do not hold."""

    needed: ClassVar[dict[str, Any]] = {
        "agreed_on": _("Ange från vilken dag planen gäller innan du signerar."),
        "client_agrees": _("Välj om den enskilde är med på planen innan du signerar."),
        "client_view": _("Skriv hur den enskilde ser på planen innan du signerar."),
        "follow_up_on": _("Ange när planen ska följas upp innan du signerar."),
    }

    kind = choice(label=_("Slag"), choices=PlanKind.choices)
    agreed_on = Day(label=_("Gäller från"), required=False)
    client_agrees = choice(
        label=_("Är den enskilde med på planen?"),
        help_text=_(
            "Delvis räknas som överenskommen. Skriv under hur den enskilde ser på planen vad som skiljer."
        ),
        choices=Agrees.choices,
        required=False,
    )
    client_view = Text(
        label=_("Den enskildes syn"),
        help_text=_("Med egna ord: vad är viktigast, vad är den enskilde inte med på?"),
        required=False,
        max_length=4000,
        rows=4,
    )
    guardians_view = Text(
        label=_("Vårdnadshavarnas syn"),
        help_text=_("Har de inte tillfrågats, skriv varför."),
        required=False,
        max_length=4000,
        rows=3,
    )
    follow_up_on = Day(label=_("Följs upp senast"), required=False)

    def __init__(self, *args: Any, providers: Iterable[Provider], is_minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.providers = {str(row.pk): row for row in providers}
        self.fields["guardians_view"].needed_later = is_minor  # type: ignore[attr-defined]
        self.is_minor = is_minor
        self.sizes = self._sent() if self.is_bound else self._written()
        for goal, number in enumerate(self.sizes):
            self.fields |= {f"g{goal}_{part}": field for part, field in _goal_fields().items()}
            for place in range(number):
                fields = _intervention_fields(self.providers.values())
                self.fields |= {f"g{goal}i{place}_{part}": field for part, field in fields.items()}
        self.order_fields(["correction_reason", "kind", "agreed_on"])

    def groups(self) -> list[dict[str, Any]]:
        """The goals with their fields, as the template goes through them; what is empty is folded but for the first."""
        return [
            {
                "number": goal + 1,
                "is_folded": goal > 0 and self._is_empty(f"g{goal}_", GOAL[1:]),
                **{part: self[f"g{goal}_{part}"] for part in GOAL},
                "interventions": [
                    {
                        "number": place + 1,
                        "is_folded": place > 0 and self._is_empty(f"g{goal}i{place}_", INTERVENTION),
                        **{part: self[f"g{goal}i{place}_{part}"] for part in INTERVENTION},
                    }
                    for place in range(number)
                ],
            }
            for goal, number in enumerate(self.sizes)
        ]

    def around(self) -> dict[str, Any]:
        """The fields before the goals and those after."""
        first = [name for name in ("correction_reason", "kind", "agreed_on") if name in self.fields]
        last = ("client_agrees", "client_view", "guardians_view", "follow_up_on")
        return {"before": [self[name] for name in first], "after": [self[name] for name in last]}

    def clean_agreed_on(self) -> date | None:
        day: date | None = self.cleaned_data["agreed_on"]
        not_after(day, self.today)
        return day

    def clean_follow_up_on(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_on"]
        starts = self.cleaned_data.get("agreed_on")
        if day is not None and starts is not None and day <= starts:
            raise ValidationError(_("Planen följs upp efter att den har börjat gälla. Välj en senare dag."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for goal, place in self._places():
            name = f"g{goal}i{place}"
            starts, ends = values.get(f"{name}_starts_on"), values.get(f"{name}_ends_on")
            if starts and ends and ends < starts:
                self.add_error(f"{name}_ends_on", _("Insatsen slutar före den börjar. Rätta ett av datumen."))
        if self.to_sign and not self.errors:
            self._clean_to_sign(values)
        return values

    def content(self) -> dict[str, Any]:
        said = super().content()
        return {
            **{name: said[name] for name in said if name in self.base_fields},
            "goals": list(self._goals()),
        }

    def _clean_to_sign(self, values: dict[str, Any]) -> None:
        if self.is_minor and not values["guardians_view"]:
            self.add_error(
                "guardians_view",
                _("Skriv hur vårdnadshavarna ser på planen, eller varför de inte har tillfrågats."),
            )
        if not any(self._goals()):
            self.add_error("g0_text", _("Skriv minst ett mål innan du signerar."))
        for goal in range(len(self.sizes)):
            if self._is_used(goal) and not values[f"g{goal}_text"]:
                self.add_error(f"g{goal}_text", _("Skriv vad målet är, eller töm hela målet."))
        for goal, place in self._places():
            self._clean_intervention(f"g{goal}i{place}", values)

    def _clean_intervention(self, name: str, values: dict[str, Any]) -> None:
        used = any(values[f"{name}_{part}"] for part in INTERVENTION)
        if used and not values[f"{name}_what"]:
            self.add_error(f"{name}_what", _("Skriv vad insatsen är, eller töm hela insatsen."))
        provider = self.providers.get(values[f"{name}_provider"])
        ends = values[f"{name}_ends_on"]
        if provider is None or (ends is not None and ends < self.today):
            return
        faults = provider.faults(max(self.today, values[f"{name}_starts_on"] or self.today))
        does = answer(faults, is_placement=provider.kind in PLACEMENTS)
        words = {
            "provider": provider.name,
            "faults": ", ".join(str(_(RULES[fault].text)) for fault in faults),
        }
        if does == Answer.BLOCK:
            sentence = _("%(provider)s kan inte väljas för en placering: %(faults)s. Välj en annan utförare.")
            self.add_error(f"{name}_provider", sentence % words)
        elif does and not values[f"{name}_reason"]:
            sentence = _("%(provider)s: %(faults)s. Skriv varför utföraren väljs ändå, eller välj en annan.")
            self.add_error(f"{name}_reason", sentence % words)

    def _goals(self) -> Iterator[dict[str, Any]]:
        said = self.cleaned_data
        for goal, number in enumerate(self.sizes):
            if not self._is_used(goal):
                continue
            written = [self._intervention(f"g{goal}i{place}") for place in range(number)]
            code = said[f"g{goal}_code"]
            yield {
                "code": code if CODE.fullmatch(code) else uuid4().hex,
                "area": said[f"g{goal}_area"],
                "text": said[f"g{goal}_text"],
                "sign": said[f"g{goal}_sign"],
                "until": _iso(said[f"g{goal}_until"]),
                "interventions": [each for each in written if each],
            }

    def _intervention(self, name: str) -> dict[str, str]:
        said = {part: self.cleaned_data[f"{name}_{part}"] for part in INTERVENTION}
        if not any(said.values()):
            return {}
        provider = self.providers.get(said["provider"])
        days = {part: _iso(said[part]) for part in ("starts_on", "ends_on")}
        return {**said, **days, "provider_name": provider.name if provider else ""}

    def _is_used(self, goal: int) -> bool:
        names = [f"g{goal}_{part}" for part in GOAL if part != "code"]
        names += [f"g{goal}i{place}_{part}" for place in range(self.sizes[goal]) for part in INTERVENTION]
        return any(self.cleaned_data.get(name) for name in names)

    def _is_empty(self, prefix: str, parts: Iterable[str]) -> bool:
        fields = [self[f"{prefix}{part}"] for part in parts]
        return not any(field.value() or field.errors for field in fields)

    def _places(self) -> Iterator[tuple[int, int]]:
        return ((goal, place) for goal, number in enumerate(self.sizes) for place in range(number))

    def _sent(self) -> list[int]:
        """How many interventions each goal was sent with."""
        goals: list[int] = []
        while len(goals) < MOST_GOALS and f"g{len(goals)}_text" in self.data:
            goal = len(goals)
            goals.append(
                next(
                    place
                    for place in range(MOST_INTERVENTIONS + 1)
                    if place == MOST_INTERVENTIONS or f"g{goal}i{place}_what" not in self.data
                )
            )
        return goals or [1]

    def _written(self) -> list[int]:
        """How many each goal has, with room for one more goal and one more intervention of each."""
        goals: list[Goal] = self.initial.pop("goals", None) or []
        self.initial.update(_initial(goals))
        room = [1] if len(goals) < MOST_GOALS else []
        return [*(min(len(goal["interventions"]) + 1, MOST_INTERVENTIONS) for goal in goals), *room]


def _initial(goals: Iterable[Goal]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    number = -1
    for number, goal in enumerate(goals):
        found |= {f"g{number}_{part}": goal[part] for part in GOAL}
        for place, each in enumerate(goal["interventions"]):
            found |= {f"g{number}i{place}_{part}": each[part] for part in INTERVENTION}
    return {**found, f"g{number + 1}_code": uuid4().hex}


def _goal_fields() -> dict[str, forms.Field]:
    areas = [("", _("Välj")), *AREA_NAMES.items()]
    fields: dict[str, Choice | Text | Day] = {
        "area": Choice(label=_("Område"), choices=areas, required=False, widget=forms.Select),
        "text": Text(label=_("Mål"), required=False, max_length=500, rows=2),
        "sign": Text(
            label=_("Så märks det"),
            help_text=_("Vad går att se när målet är nått?"),
            required=False,
            max_length=500,
            rows=2,
        ),
        "until": Day(label=_("Nås senast"), required=False),
    }
    return {"code": forms.CharField(widget=forms.HiddenInput, required=False), **_later(fields)}


def _intervention_fields(providers: Iterable[Provider]) -> dict[str, forms.Field]:
    offered = [("", _("Kommunen själv")), *((str(row.pk), row.name) for row in providers)]
    return _later(
        {
            "what": Text(label=_("Insats"), required=False, max_length=500, rows=2),
            "who": Text(label=_("Vem gör vad?"), required=False, max_length=300, rows=1),
            "provider": Choice(label=_("Utförare"), choices=offered, required=False, widget=forms.Select),
            "starts_on": Day(label=_("Börjar"), required=False),
            "ends_on": Day(label=_("Slutar"), required=False),
            "reason": Text(
                label=_("Varför utföraren väljs ändå"),
                help_text=_("Behövs bara när avtal, tillstånd eller kontroll inte håller."),
                required=False,
                max_length=500,
                rows=1,
            ),
        }
    )


def _later(fields: Mapping[str, Choice | Text | Day]) -> dict[str, forms.Field]:
    for field in fields.values():
        field.needed_later = True
    return dict(fields)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
