"""Assessments and mappings: signed and locked, put right beside the original, and a clock for the next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.access import NotVisible, Refused
from cases.actions import assessments, drafts, mappings
from cases.models import Assessment, NeedsMapping, Task
from cases.queries.assessments import current_threat, has_valid_threat_assessment
from tests.cast import NOW
from tests.universe import World
from tests.universe import assessments as threat
from tests.universe import mappings as needs


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def correct(world, signed, **changes):
    """Put a signed assessment right."""
    draft = world.call(world.cast.worker, "assessments.correct", assessment=signed)
    saved = world.call(
        world.cast.worker,
        "assessments.save_draft",
        assessment=draft,
        content={"correction_reason": "Fel antecknat.", **changes},
        version=draft.version,
    )
    return world.call(world.cast.worker, "assessments.sign", assessment=saved, version=saved.version)


def waiting():
    """The open reviews by what they are about, with their days."""
    return dict(Task.objects.filter(rule="assessment_review", ended="").values_list("about", "due_on"))


@pytest.mark.parametrize(
    ("noun", "table"), [(threat, "cases_assessment"), (needs, "cases_needsmapping")], ids=["threat", "needs"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET version = 9", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_database_refuses_every_change_of_what_is_signed(world, noun, table, statement):
    noun.sign(world)
    with pytest.raises(Exception, match=r"signed|permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table))


@pytest.mark.parametrize(
    ("noun", "table"), [(threat, "cases_assessment"), (needs, "cases_needsmapping")], ids=["threat", "needs"]
)
def test_database_lets_a_draft_be_changed(world, noun, table):
    noun.start(world)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET version = 9")
        assert cursor.rowcount == 1


def test_signature_without_a_name_is_refused_by_the_database(world):
    draft = threat.start(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(signed_at=NOW)


@pytest.mark.parametrize(
    "missing",
    [
        {"kind": ""},
        {"threat_level": ""},
        {"sources": " "},
        {"result": ""},
        {"review_on": None},
        {"valid_until": date(2026, 4, 1)},
        {"assessed_on": NOW.date() + timedelta(days=1)},
        {"kind": "savry", "threat_level": "", "training": ""},
    ],
    ids=str,
)
def test_what_is_not_whole_cannot_be_signed(world, missing):
    with pytest.raises(drafts.NotReadyToSign):
        threat.sign(world, **missing)


def test_instrument_is_signed_with_its_assessors_training_and_no_level(world):
    assert threat.sign(world, kind="savry", threat_level="", training="SAVRY 2024").is_signed


@pytest.mark.parametrize("areas", [{}, {"housing": {"score": None, "state": "x"}}], ids=["none", "no score"])
def test_mapping_without_a_score_cannot_be_signed(world, areas):
    with pytest.raises(drafts.NotReadyToSign):
        needs.sign(world, areas=areas)


def test_new_mapping_brings_goals_but_no_scores(world):
    needs.sign(world)
    draft = needs.start(world)
    with world.opened(world.cast.worker):
        assert draft.areas["housing"] == {"goal": "Egen lägenhet.", "priority": "now"}
        assert draft.scores == {"housing": None, "school": None}


def test_second_to_save_meets_the_first_ones_text(world):
    draft = needs.start(world)
    world.call(
        world.cast.worker, "mappings.save_draft", mapping=draft, content={"summary": "först"}, version=1
    )
    with pytest.raises(drafts.DraftConflict):
        world.call(
            world.cast.supervisor, "mappings.save_draft", mapping=draft, content={"summary": "sen"}, version=1
        )


def test_signing_starts_the_clock_of_the_next_review(world):
    signed = threat.sign(world)
    assert waiting() == {signed.pk: date(2026, 5, 1)}


def test_new_assessment_of_the_kind_answers_the_old_clock_and_another_kind_does_not(world):
    first = threat.sign(world)
    other = threat.sign(world, kind="asi", training="ASI 2025")
    second = threat.sign(world, assessed_on=NOW.date(), review_on=date(2026, 5, 20))
    assert waiting() == {other.pk: date(2026, 5, 1), second.pk: date(2026, 5, 20)}
    assert Task.objects.get(about=first.pk).ended == "done"


def test_correction_takes_over_the_clock(world):
    signed = threat.sign(world)
    put_right = correct(world, signed, review_on=date(2026, 5, 30))
    assert waiting() == {put_right.pk: date(2026, 5, 30)}


def test_putting_right_an_older_one_leaves_the_newest_clock(world):
    old = threat.sign(world, assessed_on=date(2026, 2, 1))
    new = threat.sign(world)
    correct(world, old, result="Rättat.")
    assert waiting() == {new.pk: date(2026, 5, 1)}


def test_correction_is_begun_once_and_keeps_the_original(world):
    signed = threat.sign(world)
    put_right = correct(world, signed, threat_level="acute")
    with pytest.raises(drafts.AlreadyCorrected):
        world.call(world.cast.worker, "assessments.correct", assessment=signed)
    with world.opened(world.cast.worker) as (found, _):
        assert Assessment.objects.get(pk=signed.pk).threat_level == "high"
        assert current_threat(found).pk == put_right.pk


def test_threat_that_stands_is_the_newest_signed_and_uncorrected(world):
    threat.sign(world, assessed_on=date(2026, 1, 10), threat_level="acute")
    newest = threat.sign(world)
    threat.start(world)
    with world.opened(world.cast.worker) as (found, _):
        assert current_threat(found).pk == newest.pk


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 6, 1), True),
        (date(2026, 6, 2), False),
    ],
)
def test_threat_assessment_holds_from_its_day_to_its_last(world, day, holds):
    threat.sign(world)
    with world.opened(world.cast.worker) as (found, _):
        assert has_valid_threat_assessment(found, day) == holds


def test_draft_and_another_kind_are_no_threat_assessment(world):
    threat.start(world)
    threat.sign(world, kind="asi", training="ASI 2025")
    with world.opened(world.cast.worker) as (found, _):
        assert current_threat(found) is None
        assert not has_valid_threat_assessment(found, NOW.date())


def test_draft_of_a_colleague_is_not_thrown_away(world):
    draft = needs.start(world)
    with pytest.raises(NotVisible):
        world.call(world.cast.supervisor, "mappings.discard", mapping=draft, version=1)
    world.call(world.cast.worker, "mappings.discard", mapping=draft, version=1)
    assert not NeedsMapping.objects.exists()


def test_assessment_of_another_case_is_not_reached_through_ones_own(world, cast, foreign_case, opened):
    with opened(cast.stranger, which=foreign_case) as (found, actor):
        foreign = assessments.start(opened=found, by=actor, now=NOW)
    with pytest.raises(NotVisible):
        world.call(cast.worker, "assessments.save_draft", assessment=foreign, content={}, version=1)


def test_nothing_is_begun_in_an_ended_case_but_a_correction_is(world, cast, case):
    from cases.models import Case

    signed, mapped = threat.sign(world), needs.sign(world)
    Case.objects.filter(pk=case).update(stage="closed")
    for start in (assessments.start, mappings.start):
        with pytest.raises(Refused), world.opened(cast.worker) as (found, actor):
            start(opened=found, by=actor, now=NOW)
    put_right = correct(world, signed)
    assert put_right.is_signed
    assert waiting() == {}
    assert world.call(cast.worker, "mappings.correct", mapping=mapped).corrects_id == mapped.pk
