"""The desk at which a journal note is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from avhopp.translation import gettext_noop
from cases.actions import notes
from cases.forms.notes import NoteForm
from cases.policies import Question
from cases.queries import file
from cases.queries.rows import Note
from cases.views.desk import Desk
from cases.views.present import notes as present


class NoteDesk(Desk[Note]):
    """A note before somebody."""

    here = "cases:case_notes"
    address = "cases:case_note"
    writes = Question.WRITE_NOTE
    title = gettext_noop("Anteckning")
    draft_title = gettext_noop("Utkast till anteckning")
    shown = "components/note.html"

    def form(self, *, data: Any = None, to_sign: bool = False) -> NoteForm:
        return NoteForm(
            data,
            initial={**self.written(self.row), "version": self.row.version},
            today=timezone.localdate(self.request.now),
            is_correction=self.row.corrects_id is not None,
            to_sign=to_sign,
        )

    def written(self, row: Note) -> dict[str, Any]:
        return present.content(row)

    def parts(self, content: Mapping[str, Any]) -> list[dict[str, str]]:
        return present.parts(content)

    def entry(self) -> dict[str, Any]:
        return {**present.entry(self.opened, self.row), "actions": []}

    def save(self, *, content: Mapping[str, Any], version: int) -> Note:
        return notes.save_draft(content=content, version=version, **self._given())

    def sign(self, *, version: int) -> Note:
        return notes.sign(content={}, version=version, **self._given())

    def discard(self, *, version: int) -> None:
        notes.discard(version=version, **self._given())

    def begun_correction(self) -> Note | None:
        return file.correction_of(self.opened, self.row)

    def correct(self) -> Note:
        return notes.correct(**self._given())

    def _given(self) -> dict[str, Any]:
        return {
            "opened": self.opened,
            "note": self.row,
            "by": self.request.actor,
            "now": self.request.now,
        }
