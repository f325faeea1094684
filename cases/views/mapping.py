"""The desk at which a mapping of needs is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from avhopp.translation import gettext_noop
from cases.actions import mappings
from cases.forms.mappings import MappingForm
from cases.policies import Question
from cases.queries import mappings as found
from cases.queries.rows import NeedsMapping
from cases.views.desk import Desk
from cases.views.present import mappings as present


class MappingDesk(Desk[NeedsMapping]):
    """A mapping before somebody."""

    here = "cases:case_assessments"
    address = "cases:case_mapping"
    writes = Question.EDIT_CASE
    title = gettext_noop("Kartläggning")
    draft_title = gettext_noop("Utkast till kartläggning")
    fields = "cases/mapping_fields.html"
    shape = "app-form--areas"
    shown = "components/record.html"

    def form(self, *, data: Any = None, to_sign: bool = False) -> MappingForm:
        before = self._before()
        return MappingForm(
            data,
            initial={**self._shown(self.row), "version": self.row.version},
            last=before.scores if before else {},
            today=timezone.localdate(self.request.now),
            is_correction=self.row.corrects_id is not None,
            to_sign=to_sign,
        )

    def written(self, row: NeedsMapping) -> dict[str, Any]:
        return {name: getattr(row, name) for name in row.content}

    def parts(self, content: Mapping[str, Any]) -> list[dict[str, str]]:
        return present.parts(content)

    def entry(self) -> dict[str, Any]:
        return {**present.entry(self.opened, self.row, self._before()), "actions": []}

    def save(self, *, content: Mapping[str, Any], version: int) -> NeedsMapping:
        return mappings.save_draft(content=content, version=version, **self._given())

    def sign(self, *, version: int) -> NeedsMapping:
        return mappings.sign(version=version, **self._given())

    def discard(self, *, version: int) -> None:
        mappings.discard(version=version, **self._given())

    def begun_correction(self) -> NeedsMapping | None:
        return found.correction_of(self.opened, self.row)

    def correct(self) -> NeedsMapping:
        return mappings.correct(**self._given())

    def _before(self) -> NeedsMapping | None:
        """The signed mapping before this one; a correction is compared with what its original was."""
        earlier = found.in_order(found.mappings_of(self.opened))
        own = {self.row.pk, self.row.corrects_id}
        return next(
            (
                each
                for each in reversed(earlier)
                if each.pk not in own and each.mapped_on <= self.row.mapped_on
            ),
            None,
        )

    def _shown(self, row: NeedsMapping) -> dict[str, Any]:
        written = self.written(row)
        return {**written, **MappingForm.shown(written.pop("areas") or {})}

    def _given(self) -> dict[str, Any]:
        return {
            "opened": self.opened,
            "mapping": self.row,
            "by": self.request.actor,
            "now": self.request.now,
        }
