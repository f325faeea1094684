"""The forms of a decision: its kind, its draft, what follows upon it and what happens with it.

What is asked for follows from the kind, so that a draft shows no field that its kind does not have.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from avhopp.translation import gettext_noop
from cases.catalogue.decision_kinds import KINDS, MEASURE_NAMES, DecisionKind, Measure
from cases.forms.drafts import DraftForm
from cases.forms.fields import Day, Picked, SentOnce, Text, YesNo, choice, not_after
from cases.forms.law import law_text
from cases.queries.choices import Communication, Following
from cases.queries.rows import Decision, LegalBasis, Task

SECTIONS = (
    (
        gettext_noop("Beslutet"),
        (
            "correction_reason",
            "legal_basis",
            "extends",
            "measure",
            "ruling",
            "starts_on",
            "ends_on",
            "amount",
            "conditions",
        ),
    ),
    (gettext_noop("Barnet och vårdnadshavarna"), ("guardian_consents", "with_guardian", "suitability")),
    (
        gettext_noop("Skälen"),
        (
            "reasons",
            "has_special_reasons",
            "provisions",
            "communication",
            "communicated_on",
            "ends_inquiry",
        ),
    ),
    (
        gettext_noop("Vem som beslutar"),
        ("by_committee", "protocol", "decided_on", "rapporteur", "participants"),
    ),
)
OF_WHAT_IS_GIVEN = ("measure", "amount", "conditions")
IN_SOME_CASES = (
    "guardian_consents",
    "with_guardian",
    "suitability",
    "has_special_reasons",
    "ends_inquiry",
    "protocol",
    "decided_on",
)
OF_A_CHILD = ("guardian_consents", "with_guardian", "suitability")


class NewDecisionForm(SentOnce):
    """What kind of decision; under which provision is asked for in the draft."""

    kind = choice(
        label=_("Vad ska beslutas?"),
        choices=[(kind.value, _(rule.name)) for kind, rule in KINDS.items() if kind != DecisionKind.END],
        help_text=_("Ett avslut av en insats börjar du från det beslut som gav den."),
    )


class DecisionForm(DraftForm):
    """A draft with all that FL 31–32 asks for."""

    needed: ClassVar[dict[str, Any]] = {
        "ruling": _("Skriv vad som beslutas."),
        "reasons": _("Skriv varför."),
        "communication": _("Välj om underlaget har kommunicerats."),
        "measure": _("Välj slag av insats."),
        "extends": _("Välj vilken tidsfrist som förlängs."),
    }
    also_needed = ("starts_on", "ends_on", "communicated_on")

    legal_basis = Picked(label=_("Lagrum"), required_text=_("Välj lagrummet."))
    extends = Picked(label=_("Vilken tidsfrist förlängs?"))
    measure = choice(
        label=_("Slag av insats"),
        choices=[(measure.value, _(MEASURE_NAMES[measure])) for measure in Measure],
        required=False,
    )
    ruling = Text(
        label=_("Vad beslutas?"),
        help_text=_("Så som det ska stå: vad, hur mycket och hur länge."),
        required=False,
        max_length=4000,
        rows=4,
    )
    starts_on = Day(label=_("Gäller från"), required=False)
    ends_on = Day(
        label=_("Gäller till och med"), help_text=_("Lämna tomt om det gäller tills vidare."), required=False
    )
    amount = forms.IntegerField(
        label=_("Belopp i kronor"),
        required=False,
        min_value=0,
        max_value=99_999_999,
        error_messages={"invalid": _("Skriv ett heltal utan mellanslag, till exempel 12500.")},
    )
    conditions = Text(label=_("Villkor"), required=False, max_length=2000, rows=3)
    guardian_consents = YesNo(label=_("Samtycker vårdnadshavarna?"))
    with_guardian = YesNo(label=_("Om det är skyddat boende: bor barnet där med en vårdnadshavare?"))
    suitability = Text(
        label=_("Varför är insatsen lämplig utan vårdnadshavarnas samtycke?"),
        help_text=_("Behövs när barnet är minst 12 år och vårdnadshavarna inte samtycker."),
        required=False,
        max_length=1000,
        rows=3,
    )
    has_special_reasons = YesNo(label=_("Finns det synnerliga skäl? Skriv dem i motiveringen."))
    reasons = Text(
        label=_("Motivering"),
        help_text=_("Vilka omständigheter som har varit avgörande, så att den enskilde kan förstå."),
        required=False,
        max_length=8000,
        tall=True,
    )
    provisions = Text(
        label=_("Andra föreskrifter som har tillämpats"), required=False, max_length=500, rows=2
    )
    communication = choice(
        label=_("Har den enskilde fått ta del av underlaget? (25 § FL)"),
        choices=Communication.choices,
        required=False,
    )
    communicated_on = Day(
        label=_("När?"), help_text=_("Behövs om underlaget har kommunicerats."), required=False
    )
    ends_inquiry = YesNo(label=_("Är utredningen klar med beslutet?"))
    rapporteur = Text(label=_("Föredragande"), required=False, max_length=200)
    participants = Text(
        label=_("Andra som har deltagit i den slutliga handläggningen"),
        required=False,
        max_length=500,
        rows=2,
    )
    by_committee = forms.BooleanField(
        label=_("Utskottet har beslutat"),
        help_text=_("Annars signerar den som har delegation för lagrummet den dagen."),
        required=False,
    )
    protocol = Text(
        label=_("Utskottets protokoll"),
        help_text=_("När utskottet har beslutat: sammanträdesdag och paragraf."),
        required=False,
        max_length=200,
    )
    decided_on = Day(label=_("Dag då utskottet beslutade"), required=False)

    field_order = ("correction_reason", "legal_basis")

    def __init__(
        self,
        *args: Any,
        row: Decision,
        laws: list[LegalBasis],
        clocks: list[tuple[Task, str]],
        is_child: bool,
        has_inquiry: bool,
        **kwargs: Any,
    ) -> None:
        self.row = row
        super().__init__(*args, is_correction=row.corrects_id is not None, **kwargs)
        self._offer("legal_basis", laws, law_text)
        texts = dict(clocks)
        self._offer("extends", list(texts), texts.__getitem__)
        for name in IN_SOME_CASES:
            # Not optional for everybody: the help text says when it is asked for.
            self.fields[name].needed_later = True  # type: ignore[attr-defined]
        for name in self._unasked(is_child, has_inquiry):
            del self.fields[name]
        if row.kind == DecisionKind.EXTENSION:
            self.fields["ends_on"].label = _("Ny sista dag")
            self.fields["ends_on"].help_text = ""
        if row.following == Following.ENDING:
            self.fields["starts_on"].label = _("Upphör från och med")

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, without those that the kind does not ask for."""
        return [
            (translated(title), [self[name] for name in names if name in self.fields])
            for title, names in SECTIONS
            if any(name in self.fields for name in names)
        ]

    def clean_communicated_on(self) -> date | None:
        return self._past("communicated_on")

    def clean_decided_on(self) -> date | None:
        return self._past("decided_on")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen kan inte vara före den första."))
        if self.to_sign:
            self._ask_for_days(values)
            self._ask_for_protocol(values)
        return values

    def _ask_for_days(self, values: dict[str, Any]) -> None:
        is_told = values.get("communication") == Communication.DONE
        if is_told and not values.get("communicated_on"):
            self.add_error("communicated_on", _("Ange dagen då underlaget kommunicerades."))
        must_start = self.row.rule.gives or self.row.following == Following.ENDING
        if must_start and not values.get("starts_on"):
            self.add_error("starts_on", _("Ange från vilken dag."))
        if self.row.kind == DecisionKind.EXTENSION and not values.get("ends_on"):
            self.add_error("ends_on", _("Ange den nya sista dagen."))

    def _ask_for_protocol(self, values: dict[str, Any]) -> None:
        if not values.get("by_committee"):
            return
        if not values.get("protocol"):
            self.add_error("protocol", _("Skriv utskottets protokoll och paragraf."))
        if not values.get("decided_on"):
            self.add_error("decided_on", _("Ange dagen då utskottet beslutade."))

    def _unasked(self, is_child: bool, has_inquiry: bool) -> list[str]:
        rule, unasked = self.row.rule, []
        if not rule.gives:
            unasked += [*OF_WHAT_IS_GIVEN, *OF_A_CHILD]
        elif not is_child:
            unasked += OF_A_CHILD
        if self.row.kind != DecisionKind.EXTENSION:
            unasked += ["extends", "has_special_reasons"]
        if not (rule.completes and has_inquiry):
            unasked.append("ends_inquiry")
        if not (rule.gives or self.row.following == Following.ENDING):
            unasked.append("starts_on")
        if not (rule.gives or self.row.kind == DecisionKind.EXTENSION):
            unasked.append("ends_on")
        if self.row.following == Following.ENDING:
            unasked.append("correction_reason")
        return [name for name in unasked if name in self.fields]

    def _offer(self, name: str, rows: list[Any], text: Callable[[Any], str]) -> None:
        field = self.fields[name]
        assert isinstance(field, Picked)
        field.offer(rows, text=text)

    def _past(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        not_after(day, self.today)
        return day


def clock_text(name: str, task: Task) -> str:
    """A clock that can be lengthened, as a choice."""
    return translated("%(name)s, senast %(day)s") % {
        "name": translated(name),
        "day": f"{task.due_on:%Y-%m-%d}",
    }
