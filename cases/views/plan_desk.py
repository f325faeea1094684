"""The desk at which a plan is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from avhopp.translation import gettext_noop
from cases import ages
from cases.actions import plans
from cases.forms.plans import PlanForm
from cases.policies import Question
from cases.queries import plans as found
from cases.queries import providers
from cases.queries.rows import Plan
from cases.views.desk import Desk
from cases.views.present import plans as present


class PlanDesk(Desk[Plan]):
    """A plan before somebody."""

    here = "cases:case_plans"
    address = "cases:case_plan"
    writes = Question.EDIT_CASE
    title = gettext_noop("Plan")
    draft_title = gettext_noop("Utkast till plan")
    fields = "cases/plan_fields.html"
    shape = "app-form--areas"
    shown = "components/record.html"

    def form(self, *, data: Any = None, to_sign: bool = False) -> PlanForm:
        today = timezone.localdate(self.request.now)
        born = self.opened.case.person.birth_date
        return PlanForm(
            data,
            initial={**self.written(self.row), "version": self.row.version},
            providers=providers.providers_of(unit=self.opened.case.unit_id),
            is_minor=born is not None and ages.is_child(born=born, day=today),
            today=today,
            is_correction=self.row.corrects_id is not None,
            to_sign=to_sign,
        )

    def written(self, row: Plan) -> dict[str, Any]:
        return {name: getattr(row, name) for name in row.content}

    def parts(self, content: Mapping[str, Any]) -> list[dict[str, str]]:
        return present.parts(content)

    def entry(self) -> dict[str, Any]:
        return {**present.entry(self.opened, self.row), "actions": []}

    def save(self, *, content: Mapping[str, Any], version: int) -> Plan:
        return plans.save_draft(content=content, version=version, **self._given())

    def sign(self, *, version: int) -> Plan:
        return plans.sign(version=version, **self._given())

    def discard(self, *, version: int) -> None:
        plans.discard(version=version, **self._given())

    def begun_correction(self) -> Plan | None:
        return found.correction_of(self.opened, self.row)

    def correct(self) -> Plan:
        return plans.correct(**self._given())

    def _given(self) -> dict[str, Any]:
        return {
            "opened": self.opened,
            "plan": self.row,
            "by": self.request.actor,
            "now": self.request.now,
        }
