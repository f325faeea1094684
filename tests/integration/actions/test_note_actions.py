"""Notes: drafts that nobody loses, signatures that the database keeps, corrections beside the original."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases.access import NotVisible, Refused
from cases.actions import drafts, notes
from cases.models import Note
from tests.cast import NOW, make_case

FULL = {
    "kind": "contact",
    "event_date": date(2026, 3, 1),
    "facts": "Möte på kontoret.",
    "assessment": "",
    "source": "",
}


def start(opened, user):
    with opened(user) as (found, actor):
        return notes.start(opened=found, by=actor, now=NOW)


def act(opened, user, verb, note, **more):
    with opened(user) as (found, actor):
        return verb(opened=found, note=note, by=actor, now=NOW, **more)


@pytest.fixture
def signed(cast, case, opened):
    return act(opened, cast.worker, notes.sign, start(opened, cast.worker), content=FULL, version=1)


def test_starting_twice_gives_the_same_empty_draft(cast, case, opened):
    assert start(opened, cast.worker).pk == start(opened, cast.worker).pk
    assert Note.objects.count() == 1


def test_second_to_save_a_draft_meets_the_first_ones_text(cast, case, opened):
    note = start(opened, cast.worker)
    act(opened, cast.worker, notes.save_draft, note, content={"facts": "först"}, version=1)
    with opened(cast.supervisor) as (found, actor), pytest.raises(drafts.DraftConflict) as conflict:
        notes.save_draft(opened=found, note=note, content={"facts": "sedan"}, version=1, by=actor, now=NOW)
    with opened(cast.supervisor):
        assert Note.objects.get(pk=note.pk).facts == "först"
    assert conflict.value.current.pk == note.pk


@pytest.mark.parametrize(
    "change",
    [
        {"facts": "", "assessment": " "},
        {"event_date": None},
        {"event_date": NOW.date() + timedelta(days=1)},
        {"kind": ""},
    ],
)
def test_incomplete_note_cannot_be_signed(cast, case, opened, change):
    note = start(opened, cast.worker)
    with pytest.raises(drafts.NotReadyToSign):
        act(opened, cast.worker, notes.sign, note, content={**FULL, **change}, version=1)
    assert not Note.objects.get(pk=note.pk).is_signed


def test_signed_note_is_not_changed_by_an_action(cast, case, opened, signed):
    with pytest.raises(drafts.AlreadySigned):
        act(opened, cast.worker, notes.save_draft, signed, content={"facts": "nytt"}, version=2)
    with pytest.raises(drafts.AlreadySigned):
        act(opened, cast.worker, notes.sign, signed, content=FULL, version=2)


@pytest.mark.parametrize("statement", ["UPDATE cases_note SET version = 9", "DELETE FROM cases_note"])
def test_signed_note_is_locked_by_the_database(signed, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["cases_historicalnote", "cases_historicalcase", "audit_changeentry"])
def test_versions_cannot_be_changed_or_removed(signed, table):
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_correction_keeps_the_original(cast, case, opened, signed):
    correction = act(opened, cast.worker, notes.correct, signed)
    with pytest.raises(drafts.NotReadyToSign):
        act(opened, cast.worker, notes.sign, correction, content={"facts": "Möte i parken."}, version=1)
    act(
        opened,
        cast.worker,
        notes.sign,
        correction,
        content={"facts": "Möte i parken.", "correction_reason": "Fel plats."},
        version=1,
    )
    with opened(cast.worker):
        original = Note.objects.get(pk=signed.pk)
        assert original.facts == "Möte på kontoret."
        assert original.correction.facts == "Möte i parken."


def test_note_is_corrected_once(cast, case, opened, signed):
    act(opened, cast.worker, notes.correct, signed)
    with pytest.raises(drafts.AlreadyCorrected):
        act(opened, cast.worker, notes.correct, signed)


def test_draft_of_another_case_is_not_found(cast, case, opened):
    other = make_case(worker=cast.worker)
    note = start(opened, cast.worker)
    with opened(cast.worker, which=other) as (found, actor), pytest.raises(NotVisible):
        notes.save_draft(opened=found, note=note, content={"facts": "x"}, version=1, by=actor, now=NOW)


def test_only_the_author_discards_a_draft(cast, case, opened):
    note = start(opened, cast.worker)
    with pytest.raises(NotVisible):
        act(opened, cast.supervisor, notes.discard, note, version=1)
    act(opened, cast.worker, notes.discard, note, version=1)
    assert Note.objects.count() == 0


def test_text_of_any_script_comes_back_as_typed(cast, case, opened):
    text = "محمد 🕊️ Åsa\n\tŁódź " + "x" * 19_000
    note = start(opened, cast.worker)
    act(opened, cast.worker, notes.save_draft, note, content={"facts": text}, version=1)
    with opened(cast.worker):
        assert Note.objects.get(pk=note.pk).facts == text


def test_stranger_gets_no_further_than_the_gate(cast, case, opened):
    with pytest.raises(NotVisible), opened(cast.stranger):
        pass
    with opened(cast.worker) as (found, _), pytest.raises(Refused):
        from dataclasses import replace

        from tests.cast import actor_for

        foreign = replace(found, actor=actor_for(cast.auditor))
        notes.start(opened=foreign, by=foreign.actor, now=NOW)
