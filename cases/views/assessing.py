"""The desk at which an assessment is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from avhopp.translation import gettext_noop
from cases.actions import assessments
from cases.forms.assessments import AssessmentForm
from cases.policies import Question
from cases.queries import assessments as found
from cases.queries.rows import Assessment
from cases.views.desk import Desk
from cases.views.present import assessments as present


class AssessmentDesk(Desk[Assessment]):
    """An assessment before somebody."""

    here = "cases:case_assessments"
    address = "cases:case_assessment"
    writes = Question.EDIT_CASE
    title = gettext_noop("Bedömning")
    draft_title = gettext_noop("Utkast till bedömning")
    shown = "components/record.html"

    def form(self, *, data: Any = None, to_sign: bool = False) -> AssessmentForm:
        return AssessmentForm(
            data,
            initial={**self.written(self.row), "version": self.row.version},
            today=timezone.localdate(self.request.now),
            is_correction=self.row.corrects_id is not None,
            to_sign=to_sign,
        )

    def written(self, row: Assessment) -> dict[str, Any]:
        return {name: getattr(row, name) for name in row.content}

    def parts(self, content: Mapping[str, Any]) -> list[dict[str, str]]:
        return present.parts(content)

    def entry(self) -> dict[str, Any]:
        today = timezone.localdate(self.request.now)
        return {**present.entry(self.opened, self.row, today=today), "actions": []}

    def save(self, *, content: Mapping[str, Any], version: int) -> Assessment:
        return assessments.save_draft(content=content, version=version, **self._given())

    def sign(self, *, version: int) -> Assessment:
        return assessments.sign(version=version, **self._given())

    def discard(self, *, version: int) -> None:
        assessments.discard(version=version, **self._given())

    def begun_correction(self) -> Assessment | None:
        return found.correction_of(self.opened, self.row)

    def correct(self) -> Assessment:
        return assessments.correct(**self._given())

    def _given(self) -> dict[str, Any]:
        return {
            "opened": self.opened,
            "assessment": self.row,
            "by": self.request.actor,
            "now": self.request.now,
        }
