"""The form of a stage's needs in the next version."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from avhopp.accounts.roles import ROLE_NAMES
from cases.actions.workflows import Change
from cases.catalogue.stage_rules import APPROVERS, ASKERS
from cases.forms.fields import Day, SentOnce, Text, choices
from cases.queries.rows import StageRule
from cases.workflow import REQUIREMENTS, Requirement


class StageRuleForm(SentOnce):
    """What a stage needs from a day on."""

    lines = Text(
        label=_("Checklista"),
        help_text=_("En rad för varje sak som ska vara gjord innan skedet begärs."),
        required=False,
        max_length=4000,
        rows=7,
    )
    requires = choices(
        label=_("Måste finnas i ärendet"),
        choices=[(code.value, REQUIREMENTS[code]) for code in Requirement],
    )
    may_ask = choices(
        label=_("Får begära skedet"),
        choices=[(role.value, ROLE_NAMES[role]) for role in ASKERS],
        required_text=_("Välj minst en roll."),
    )
    may_approve = choices(
        label=_("Får godkänna skedet"),
        choices=[(role.value, ROLE_NAMES[role]) for role in APPROVERS],
        required_text=_("Välj minst en roll."),
    )
    valid_from = Day(
        label=_("Gäller nya ärenden från"), required_text=_("Ange från vilken dag versionen gäller.")
    )
    note = Text(label=_("Vad är nytt?"), max_length=500, required_text=_("Skriv kort vad som är nytt."))

    def __init__(self, *args: Any, rule: StageRule, **kwargs: Any) -> None:
        shown = {
            "lines": "\n".join(translated(item.text) for item in rule.items),
            "requires": rule.requires,
            "may_ask": rule.may_ask,
            "may_approve": rule.may_approve,
        }
        super().__init__(*args, initial={**shown, **kwargs.pop("initial", {})}, **kwargs)

    def change(self) -> Change:
        """The needs as the action takes them."""
        return Change(
            lines=self.cleaned_data["lines"].splitlines(),
            requires=[Requirement(code) for code in self.cleaned_data["requires"]],
            may_ask=self.cleaned_data["may_ask"],
            may_approve=self.cleaned_data["may_approve"],
        )
