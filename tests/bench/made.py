"""The invented thousand cases, made through the actions, and the same rows again in the floor's plain tables.

Five units, each with a supervisor and five case workers who have forty cases each; fifty notes of 2 KiB in one case.
Only the deadlines are set past the actions, because a thousand edits would measure nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.bench.floor.models import FloorCase, FloorNote, FloorPerson
from tests.cast import acting, make_case

UNITS, WORKERS, CASES, NOTES = 5, 5, 40, 50
WORD = "Kom i tid till mötet på kontoret. "
FACTS = (WORD * 70)[:2048]
CONTENT: dict[str, Any] = {"kind": "contact", "facts": FACTS, "assessment": ""}


@dataclass(frozen=True, slots=True)
class Made:
    """Who reads and what: `cases` are the worker's, the first of them with the notes; `floor` are the same rows."""

    worker: Any
    supervisor: Any
    cases: list[UUID]
    floor: list[int]


def make() -> Made:
    """Fill an empty database."""
    from avhopp.accounts.models import Unit

    found = None
    start = timezone.localdate() + timedelta(days=20)
    for place in range(UNITS):
        unit = Unit.objects.create(name=f"Enhet {place}")
        supervisor = colleague(f"ledare{place}", "supervisor", unit)
        for number in range(WORKERS):
            worker = colleague(f"handlaggare{place}.{number}", "case_worker", unit)
            names = [f"Prov{place}{number}{case}" for case in range(CASES)]
            cases = [make_case(worker=worker, given_name=name, at=timezone.now()) for name in names]
            floor = _plain(worker, names, start)
            _set_deadlines(cases, start)
            found = found or Made(worker, supervisor, cases, floor)
    assert found is not None
    for _ in range(NOTES):
        write_note(worker=found.worker, case=found.cases[0])
    _plain_notes(found)
    return found


def write_note(*, worker: Any, case: UUID) -> None:
    """Begin a note and sign it, as two requests do: each opens the case, and each is a transaction."""
    from django.db import transaction

    from cases.access import get_case
    from cases.actions import notes

    now = timezone.now()
    with acting(worker, at=now) as actor, transaction.atomic():
        draft = notes.start(opened=get_case(actor=actor, case=case, at=now), by=actor, now=now)
    content = {**CONTENT, "event_date": timezone.localdate(now)}
    with acting(worker, at=now) as actor, transaction.atomic():
        opened = get_case(actor=actor, case=case, at=now)
        notes.sign(opened=opened, note=draft, content=content, version=1, by=actor, now=now)


def colleague(name: str, role: str, unit: Any) -> Any:
    from avhopp.accounts.models import User

    return User.objects.create_user(
        email=f"{name}@example.invalid", name=name.capitalize(), title="", role=role, unit=unit
    )


def _set_deadlines(cases: list[UUID], start: date) -> None:
    from cases.models import Case

    for number, case in enumerate(cases):
        Case.objects.filter(pk=case).update(next_deadline=start + timedelta(days=number))


def _plain(worker: Any, names: list[str], start: date) -> list[int]:
    people = FloorPerson.objects.bulk_create(
        FloorPerson(given_name=name, family_name="Provsson") for name in names
    )
    made = FloorCase.objects.bulk_create(
        FloorCase(
            number=f"P{person.pk:07}",
            person=person,
            track="exit",
            stage="intake",
            responsible=worker,
            next_deadline=start + timedelta(days=number),
        )
        for number, person in enumerate(people)
    )
    return [case.pk for case in made]


def _plain_notes(made: Made) -> None:
    now = timezone.now()
    FloorNote.objects.bulk_create(
        FloorNote(
            case_id=made.floor[0],
            author=made.worker,
            event_date=timezone.localdate(now),
            created_at=now,
            signed_at=now,
            **CONTENT,
        )
        for _ in range(NOTES)
    )
