"""Checks a register's rows and opens them as cases; the work of two tasks, each in the scope of its job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from audit.events import Actor
from cases.actions.cases import open_case
from cases.actions.people import PersonData
from cases.forms.register import RegisterRowForm
from cases.models import RegisterImport
from cases.models.enquiry import Source
from cases.queries.imports import people_of
from cases.workflow import Track

EVERY = 50
# The heading is the first line of the file, as a spreadsheet counts.
FIRST_LINE = 2


def faults_of(register: RegisterImport, *, today: date) -> list[dict[str, Any]]:
    """Every fault of every row: its line in the file and a sentence."""
    found = []
    numbers: dict[str, int] = {}
    for line, form in _forms(register, today):
        sentences = [] if form.is_valid() else form.sentences()
        number = form.cleaned_data.get("identity_number", "")
        if number and number in numbers:
            first = {"first": numbers[number]}
            sentences.append(_("Numret står också på rad %(first)s. Samma person får ett ärende.") % first)
        elif number:
            numbers[number] = line
        found += [{"line": line, "sentence": sentence} for sentence in sentences]
    return found


def open_all(register: RegisterImport, *, by: Actor, now: datetime, today: date) -> None:
    """Open a case of each row through the ordinary verb, within the caller's transaction."""
    for number, (_line, form) in enumerate(_forms(register, today), start=1):
        if not form.is_valid():
            raise RowChanged
        values = form.cleaned_data
        open_case(
            track=Track(values["track"]),
            person=PersonData(**form.person_values()),
            source=Source(values["source"]),
            need=values["need"],
            enquiry=None,
            responsible=values["responsible"],
            received_on=values["opened_on"],
            by=by,
            now=now,
        )
        if number % EVERY == 0:
            note_progress(register, number)


class RowChanged(Exception):
    """A row that was right when it was checked is no longer; a colleague may have left the unit. Check anew."""


def note_progress(register: RegisterImport, number: int) -> None:
    """Tell the page how far it has come, past the transaction that does the work and may yet be rolled back."""
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            cursor.execute("UPDATE cases_registerimport SET done = %s WHERE id = %s", [number, register.pk])
    finally:
        beside.close()


def _forms(register: RegisterImport, today: date) -> Iterator[tuple[int, RegisterRowForm]]:
    people = people_of(register)
    for line, row in enumerate(register.rows, start=FIRST_LINE):
        yield line, RegisterRowForm(row, people=people, today=today)
