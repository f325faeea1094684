"""A ciphertext opens only where it was sealed: every swap in the table of security.md §4 is refused."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from avhopp.crypto.seal import CannotOpen
from avhopp.sealed.scope import Denied
from cases.models import Case, Note, Person
from tests.cast import NOW, acting, make_case


@pytest.fixture
def two_notes(cast, case, opened):
    from cases.actions import notes

    made = []
    with transaction.atomic(), opened(cast.worker) as (found, actor):
        for facts in ("först", "sedan"):
            note = notes.start(opened=found, by=actor, now=NOW)
            made.append(
                notes.save_draft(
                    opened=found, note=note, content={"facts": facts}, version=1, by=actor, now=NOW
                ).pk
            )
    return made


def raw(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def read_note(cast, case, pk):
    from cases.access import get_case

    with transaction.atomic(), acting(cast.worker) as actor:
        get_case(actor=actor, case=case, at=NOW)
        return Note.objects.get(pk=pk).facts


def test_untouched_note_opens(cast, case, two_notes):
    assert read_note(cast, case, two_notes[0]) == "först"


def test_swap_between_rows_does_not_open(cast, case, two_notes):
    raw(
        "UPDATE cases_note SET facts = (SELECT facts FROM cases_note WHERE id = %s) WHERE id = %s",
        two_notes[1],
        two_notes[0],
    )
    with pytest.raises(CannotOpen):
        read_note(cast, case, two_notes[0])


def test_swap_between_columns_does_not_open(cast, case, two_notes):
    raw("UPDATE cases_note SET facts = assessment WHERE id = %s", two_notes[0])
    with pytest.raises(CannotOpen):
        read_note(cast, case, two_notes[0])


def test_swap_between_cases_does_not_open(cast, case, two_notes):
    other = make_case(worker=cast.worker, need="Ett annat behov.")
    raw("UPDATE cases_case SET need = (SELECT need FROM cases_case WHERE id = %s) WHERE id = %s", other, case)
    from cases.access import get_case

    with acting(cast.worker) as actor:
        found = get_case(actor=actor, case=case, at=NOW).case
        with pytest.raises(CannotOpen):
            _ = found.need


def test_note_moved_to_another_case_does_not_open(cast, case, two_notes):
    other = make_case(worker=cast.worker)
    raw("UPDATE cases_note SET case_id = %s WHERE id = %s", other, two_notes[0])
    with pytest.raises(CannotOpen):
        read_note(cast, other, two_notes[0])


def test_note_moved_together_with_its_key_does_not_open(own_database, cast, case, two_notes):
    other = make_case(worker=cast.worker)
    raw("UPDATE cases_note SET case_id = %s WHERE id = %s", other, two_notes[0])
    with psycopg.connect(own_database.owner) as owner:
        owner.execute("ALTER TABLE sealed_scopekey DISABLE TRIGGER USER")
        owner.execute("DELETE FROM sealed_scopekey WHERE scope = %s", [other])
        owner.execute("UPDATE sealed_scopekey SET scope = %s WHERE scope = %s", [other, case])
    with pytest.raises(CannotOpen):
        read_note(cast, other, two_notes[0])


def test_history_row_pasted_live_does_not_open(cast, case):
    raw(
        "UPDATE cases_case SET need = (SELECT need FROM cases_historicalcase WHERE id = %s) WHERE id = %s",
        case,
        case,
    )
    from cases.access import get_case

    with acting(cast.worker) as actor:
        found = get_case(actor=actor, case=case, at=NOW).case
        with pytest.raises(CannotOpen):
            _ = found.need


@pytest.mark.parametrize("position", [2, 10, 20, 40, 60])
def test_one_flipped_bit_does_not_open(cast, case, two_notes, position):
    raw(
        "UPDATE cases_note SET facts = set_byte(facts, %s, get_byte(facts, %s) # 1) WHERE id = %s",
        position,
        position,
        two_notes[0],
    )
    with pytest.raises(CannotOpen):
        read_note(cast, case, two_notes[0])


def test_copied_instance_cannot_be_saved(cast, case, two_notes):
    from uuid import uuid4

    from cases.access import get_case

    with acting(cast.worker) as actor:
        get_case(actor=actor, case=case, at=NOW)
        note = Note.objects.get(pk=two_notes[0])
        note.pk = uuid4()
        note._state.adding = True
        with pytest.raises(CannotOpen):
            note.save(force_insert=True)


def test_person_of_a_foreign_case_is_denied_without_the_gate(cast, case):
    person = Person.objects.get(cases=case)
    with acting(cast.stranger), pytest.raises(Denied):
        _ = person.given_name


def test_nothing_opens_without_a_scope(cast, case):
    with pytest.raises(Denied):
        _ = Case.objects.get(pk=case).need
