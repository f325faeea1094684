"""What has happened is coded through one door, once, under a key of its own, and leads back to nobody."""

from __future__ import annotations

import contextvars
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from audit.models import Leaf
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied
from cases.models import Case, Person
from followup import facts, vault
from followup.dimensions import (
    ASKED,
    DECISION,
    DIMENSIONS,
    EXIT_COMPLETED,
    EXIT_ENDED,
    EXIT_ONGOING,
    LATER,
    MEETING,
    NO_ENQUIRY,
    NO_MEETING,
    SOON,
    STATE,
    row_at,
)
from followup.happenings import EITHER, Happening, happen, nothing_yet
from followup.models import Fact
from tests.cast import acting, actor_for, make_case
from tests.followup_made import AUTUMN, JANUARY, counts_by, courses, gathered

SECRET_COLUMNS = {"number", "code_name", "id", "person", "opened_on"}


def counted(*, since="2023H1", period="2025H2"):
    """Give the counts by state, first meeting and decision."""
    return counts_by(STATE, MEETING, DECISION, since=since, period=period)


def opened_facts():
    with vault.opened(at=JANUARY, purpose="facts"):
        return [(fact.mark, dict(fact.happened)) for fact in Fact.objects.all()]


def pass_stages(cast, case, path, *, at=AUTUMN):
    """Let a case go through stages, one a week, with what each of them rests on."""
    from avhopp.demo.work import meet, rule_of
    from cases.access import get_case
    from cases.actions import stages
    from cases.workflow import Stage

    for number, name in enumerate(path):
        day, stage = at + timedelta(days=7 * (number + 1)), Stage(name)
        with acting(cast.worker, at=day) as actor:
            opened = get_case(actor=actor, case=case, at=day)
            rule = rule_of(case=opened.case, target=stage)
            meet(opened=opened, rule=rule, by=actor, at=day)
            request = stages.request_stage(
                opened=opened,
                to_stage=stage,
                reason="Nästa.",
                ticked=[item.code for item in rule.items],
                closure_reason="goals_met" if stage == Stage.CLOSED else "",
                by=actor,
                now=day,
            )
        with acting(cast.supervisor, at=day) as actor:
            opened = get_case(actor=actor, case=case, at=day)
            stages.approve(
                opened=opened, request=request, seen=bytes(request.digest), comment="", by=actor, now=day
            )


def test_everybody_is_counted_once_by_what_has_happened(cast):
    courses(cast, 2, track=None)
    courses(cast, 3, met_after=3)
    courses(cast, 1, met_after=4)
    make_case(worker=cast.worker, at=AUTUMN)
    gathered()
    found = counted()
    assert sum(found.values()) == 7
    assert found[ASKED, NO_MEETING, "inget beslut"] == 2
    assert found[EXIT_ONGOING, SOON, "inget beslut"] == 3
    assert found[EXIT_ONGOING, LATER, "inget beslut"] == 1
    assert found[EXIT_ONGOING, NO_ENQUIRY, "inget beslut"] == 1


def test_closure_after_the_last_stage_is_told_from_an_earlier_one(cast):
    whole, early = courses(cast, 2, met_after=1)
    path = [
        "assessment",
        "inquiry",
        "agreement",
        "acute",
        "stabilising",
        "establishing",
        "aftercare",
        "closed",
    ]
    pass_stages(cast, whole, path)
    pass_stages(cast, early, ["closed"])
    gathered()
    assert counted() == {(EXIT_COMPLETED, SOON, "inom 30 dagar"): 1, (EXIT_ENDED, SOON, "inget beslut"): 1}


def test_decision_is_counted_from_the_day_that_the_case_was_opened(cast):
    slow, slower = courses(cast, 2)
    pass_stages(cast, slow, ["inquiry", "agreement"], at=AUTUMN + timedelta(days=30))
    pass_stages(cast, slower, ["inquiry", "agreement"], at=AUTUMN + timedelta(days=90))
    gathered()
    assert {row[2] for row in counted()} == {"31–90 dagar", "senare än 90 dagar"}


def test_state_is_that_of_the_end_of_the_period_and_of_the_agreements_own_people(cast):
    (case,) = courses(cast, 1, at=datetime(2025, 3, 3, 9, tzinfo=UTC))
    pass_stages(cast, case, ["closed"], at=datetime(2025, 7, 3, 9, tzinfo=UTC))
    gathered()
    assert counted(period="2024H2") == {}
    assert {row[0] for row in counted(period="2025H1")} == {EXIT_ONGOING}
    assert {row[0] for row in counted(period="2025H2")} == {EXIT_ENDED}
    assert counted(since="2025H2") == {}


def test_what_is_written_down_stays_though_a_day_is_corrected_later(cast):
    from cases.actions import enquiries
    from cases.models import Enquiry

    courses(cast, 1, track=None, met_after=1)
    gathered()
    enquiry = Enquiry.objects.get()
    with acting(cast.worker, at=AUTUMN) as actor:
        on = (AUTUMN + timedelta(days=9)).date()
        enquiries.note_first_meeting(enquiry=enquiry, on=on, by=actor, now=AUTUMN)
    gathered()
    assert {row[1] for row in counted()} == {SOON}
    assert Fact.objects.count() == 1


def test_gathering_twice_changes_nothing_and_each_leaves_one_leaf(cast):
    courses(cast, 2, met_after=1)
    gathered()
    before = list(Fact.objects.order_by("pk").values_list("pk", "mark", "happened"))
    gathered()
    assert list(Fact.objects.order_by("pk").values_list("pk", "mark", "happened")) == before
    assert Leaf.objects.filter(event="followup.facts_gathered", role="job:followup").count() == 2


def test_facts_hold_no_id_no_number_and_no_day(cast):
    courses(cast, 2, met_after=1)
    gathered()
    text = str(opened_facts())
    for case in Case.objects.all():
        for secret in (case.pk, case.person_id, case.number, case.code_name, case.enquiry.pk):
            assert str(secret) not in text
            assert str(secret).replace("-", "") not in text
    assert "2025-09" not in text
    assert {field.name for field in Fact._meta.fields} == {"id", "mark", "happened"}
    assert {when for _, happened in opened_facts() for when in happened.values()} == {"2025H2", "------"}


def test_every_sealed_fact_is_as_long_whatever_has_happened(cast):
    courses(cast, 1, track=None)
    (case,) = courses(cast, 1, met_after=1)
    pass_stages(cast, case, ["closed"])
    gathered()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT octet_length(mark), octet_length(happened) FROM followup_fact")
        assert len(cursor.fetchall()) == 1


def test_mark_is_cut_when_the_key_is_destroyed_and_the_count_stays(own_database, cast):
    with transaction.atomic():
        courses(cast, 3, met_after=1)
        gathered()
    before, counts = {mark for mark, _ in opened_facts()}, counted()
    with connections["owner"].cursor() as cursor:
        destroy = "UPDATE sealed_scopekey SET state = 'destroyed', wrapped = NULL WHERE scope = %s"
        cursor.execute("ALTER TABLE sealed_scopekey DISABLE TRIGGER USER")
        cursor.execute(destroy, [Case.objects.first().enquiry.pk])
    gathered()
    after = {mark for mark, _ in opened_facts()}
    assert counted() == counts
    (cut,) = after - before
    assert cut.startswith("cut-")
    assert len(cut) == 64
    gathered()
    assert {mark for mark, _ in opened_facts()} == after


@pytest.mark.parametrize("role", ["worker", "manager", "officer", "supervisor", "administrator"])
def test_no_person_opens_the_facts(cast, role):
    courses(cast, 1)
    gathered()
    with acting(getattr(cast, role)), pytest.raises(Denied):
        Fact.objects.get().happened  # noqa: B018 - touching it is the attempt
    with pytest.raises(Denied):
        Fact.objects.get().happened  # noqa: B018


def test_somebody_who_calls_herself_the_job_but_is_a_person_is_refused(cast):
    courses(cast, 1)
    gathered()
    from dataclasses import replace

    pretender = replace(actor_for(cast.manager), role="job:followup")
    with CryptoScope(actor=pretender, purpose="facts", at=JANUARY), pytest.raises(Denied):
        Fact.objects.get().happened  # noqa: B018


@pytest.mark.parametrize("role", ["worker", "manager"])
def test_nothing_sealed_opens_behind_the_door_even_for_one_who_may_open_it(cast, case, role, monkeypatch):
    found, person = Case.objects.get(pk=case), Person.objects.get()

    def peeks():
        yield len(found.need) + len(person.given_name)

    monkeypatch.setattr(facts, "READERS", (peeks,))
    with acting(getattr(cast, role)), pytest.raises(Denied):
        list(facts.coded())


def test_the_door_leaves_the_askers_scope_as_it_was(cast):
    with acting(cast.manager):
        before = scopes.current()
        list(facts.coded())
        assert scopes.current() is before
    assert contextvars.copy_context().get(scopes._current) is None


def test_the_door_asks_for_no_sealed_column(cast, django_assert_num_queries):
    courses(cast, 2, met_after=1)
    with django_assert_num_queries(len(facts.READERS)) as asked:
        list(facts.coded())
    for query in asked:
        for column in ("need", "source", "closure_reason", "given_name", "code_name", '"number"', "reason"):
            assert column not in query["sql"]


def test_every_happening_has_a_reader_and_every_category_can_be_reached(cast):
    from inspect import getsource

    assert [what for what in Happening if f"Happening.{what.name}" not in getsource(facts)] == []
    for dimension in DIMENSIONS:
        reached = {dimension.category(needed) for _, needed in dimension.rules}
        assert reached == set(dimension.categories)
        assert set(dimension.commonest) <= reached
        assert {category for stays in dimension.stays for category in stays} <= reached


def test_of_what_excludes_each_other_the_first_that_was_written_stays():
    for group in EITHER:
        first, *others = sorted(group)
        happened = nothing_yet()
        assert happen(happened=happened, what=first, period="2025H1")
        assert not any(happen(happened=happened, what=other, period="2025H2") for other in others)
        assert happened == {**nothing_yet(), first: "2025H1"}


def test_whoever_came_after_the_period_or_before_the_agreement_does_not_count():
    happened = {**nothing_yet(), Happening.ENQUIRY: "2025H1"}
    assert row_at(happened=happened, period="2024H2", since="2023H1") is None
    assert row_at(happened=happened, period="2025H1", since="2025H2") is None
    assert row_at(happened=nothing_yet(), period="2025H1", since="2023H1") is None
    assert row_at(happened={**happened, "gone": "2023H1"}, period="2025H1", since="2023H1") is not None


def test_two_who_use_the_key_of_the_facts_for_the_first_time_at_once_both_get_it(own_database, monkeypatch):
    before, minted = Barrier(2), CryptoScope.mint

    def minting(scope, *args, **kwargs):
        before.wait(timeout=20)
        minted(scope, *args, **kwargs)

    def use(_):
        try:
            with transaction.atomic(), vault.opened(at=JANUARY, purpose="facts") as scope:
                return scope.sealing_key(vault.FACTS).key_id
        finally:
            connections.close_all()

    monkeypatch.setattr(CryptoScope, "mint", minting)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(use, range(2))
    assert first == second
