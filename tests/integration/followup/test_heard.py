"""What is sealed is counted all the same: told when it is written down, coded, under a key that no person opens."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.db import connection

from audit.models import Leaf, LeafSubject
from avhopp.sealed.scope import Denied
from cases.figures import Known
from cases.models.enquiry import Source
from cases.models.person import LegalSex
from cases.workflow import CLOSURE_REASONS
from followup import facts
from followup.dimensions import (
    AGE,
    AGE_NOT_NOTED,
    ASKED,
    CLOSURE,
    DIMENSIONS,
    FROM_18,
    FROM_25,
    HERSELF,
    IMPOSSIBLE,
    INITIATIVE,
    MEN,
    NOT_CLOSED,
    OTHERS,
    POLICE,
    SEX,
    SEX_NOT_NOTED,
    STATE,
    UNDER_18,
    WISH,
    WOMEN,
    row_at,
)
from followup.happenings import EITHER, Happening
from followup.models import Fact, Heard
from tests.cast import acting, make_case
from tests.followup_made import AUTUMN, JANUARY, counts_by, courses, gathered
from tests.universe.enquiries import contact


def register(cast, **changes):
    from cases.actions import enquiries

    with acting(cast.worker, at=AUTUMN) as actor:
        return enquiries.register(**contact(received_at=AUTUMN, **changes), by=actor, now=AUTUMN)


def close(cast, case, reason):
    from cases.access import get_case
    from cases.actions import stages
    from cases.queries.stage_rules import rule_of
    from cases.workflow import Stage

    day = AUTUMN + timedelta(days=9)
    with acting(cast.worker, at=day) as actor:
        opened = get_case(actor=actor, case=case, at=day)
        ticked = [item.code for item in rule_of(case=opened.case, target=Stage.CLOSED).items]
        request = stages.request_stage(
            opened=opened,
            to_stage=Stage.CLOSED,
            reason="Klart.",
            ticked=ticked,
            closure_reason=reason,
            by=actor,
            now=day,
        )
    with acting(cast.supervisor, at=day) as actor:
        opened = get_case(actor=actor, case=case, at=day)
        stages.approve(
            opened=opened, request=request, seen=bytes(request.digest), comment="", by=actor, now=day
        )


def test_who_took_the_initiative_is_counted_from_the_first_contact(cast):
    register(cast, source=Source.FAMILY)
    register(cast, source=Source.PROBATION)
    register(cast, source=Source.SCHOOL, is_anonymous=True)
    courses(cast, 1)
    make_case(worker=cast.worker, at=AUTUMN)
    gathered()
    assert counts_by(INITIATIVE) == {(HERSELF,): 3, (POLICE,): 1, (OTHERS,): 1}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2007, 9, 2), UNDER_18),
        (date(2007, 9, 1), FROM_18),
        (date(2000, 9, 2), FROM_18),
        (date(2000, 9, 1), FROM_25),
        (None, AGE_NOT_NOTED),
    ],
)
def test_age_is_that_of_the_day_when_the_case_was_opened(cast, born, band):
    make_case(worker=cast.worker, at=AUTUMN, birth_date=born)
    gathered()
    assert counts_by(AGE) == {(band,): 1}


def test_sex_is_counted_and_of_whoever_only_asked_nothing_is_written(cast):
    make_case(worker=cast.worker, at=AUTUMN)
    make_case(worker=cast.worker, at=AUTUMN, legal_sex="man", identity_number="")
    make_case(worker=cast.worker, at=AUTUMN, legal_sex="unknown", identity_number="")
    register(cast)
    gathered()
    assert counts_by(SEX) == {(WOMEN,): 1, (MEN,): 1, (SEX_NOT_NOTED,): 2}
    assert counts_by(STATE, SEX, AGE)[ASKED, SEX_NOT_NOTED, AGE_NOT_NOTED] == 1


def test_what_becomes_known_later_is_counted_from_then_on(cast):
    from cases.access import get_case
    from cases.actions.people import edit_person

    case = make_case(worker=cast.worker, at=AUTUMN, birth_date=None, legal_sex="unknown")
    gathered()
    assert counts_by(AGE, SEX) == {(AGE_NOT_NOTED, SEX_NOT_NOTED): 1}
    for birth_date, sex in ((date(2008, 1, 1), "man"), (date(1980, 1, 1), "woman")):
        with acting(cast.worker, at=JANUARY) as actor:
            opened = get_case(actor=actor, case=case, at=JANUARY)
            changes = {"birth_date": birth_date, "legal_sex": sex}
            edit_person(opened=opened, changes=changes, version=opened.case.version, by=actor, now=JANUARY)
        gathered()
        # A later correction moves nobody, or two releases would tell that somebody was moved.
        assert counts_by(AGE, SEX, period="2026H1") == {(UNDER_18, MEN): 1}
    assert counts_by(AGE, SEX) == {(AGE_NOT_NOTED, SEX_NOT_NOTED): 1}


def test_why_a_case_was_closed_is_counted_in_its_course_of_events(cast):
    left, stays = courses(cast, 2)
    close(cast, left, "lost_contact")
    gathered()
    assert counts_by(CLOSURE) == {(WISH,): 1, (NOT_CLOSED,): 1}
    assert counts_by(CLOSURE, AGE, INITIATIVE)[WISH, FROM_25, HERSELF] == 1
    assert Fact.objects.count() == 2
    assert stays


def test_every_code_of_the_programme_is_coded():
    for what, codes in (
        (Known.INITIATIVE, Source.values),
        (Known.SEX, {*LegalSex.values} - {"unknown"}),
        (Known.CLOSURE, CLOSURE_REASONS),
        (Known.AGE, map(str, range(100))),
    ):
        assert None not in {facts._coded(what, code) for code in codes}
    assert facts._coded(Known.SEX, "unknown") is None


def test_what_was_heard_is_gone_when_it_is_read_and_shares_no_leaf_with_the_fact(cast):
    courses(cast, 2)
    heard = set(Heard.objects.values_list("pk", flat=True))
    assert len(heard) == 4
    gathered()
    assert not Heard.objects.exists()
    gathering = Leaf.objects.get(event="followup.facts_gathered").pk
    told = LeafSubject.objects.filter(label="followup.heard")
    assert set(told.filter(leaf=gathering).values_list("row", flat=True)) == heard
    assert not LeafSubject.objects.filter(label="followup.fact").exclude(leaf=gathering).exists()


def test_every_row_that_was_heard_is_as_long_whatever_it_says(cast):
    register(cast)
    make_case(worker=cast.worker, at=AUTUMN, birth_date=None, legal_sex="unknown")
    (case,) = courses(cast, 1)
    close(cast, case, "goals_met")
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT octet_length(mark), octet_length(happened) FROM followup_heard")
        assert len(cursor.fetchall()) == 1


def test_nobody_opens_what_was_heard_not_even_whoever_said_it(cast):
    make_case(worker=cast.worker, at=AUTUMN)
    for person in (cast.worker, cast.supervisor, cast.manager, cast.officer, cast.administrator):
        with acting(person), pytest.raises(Denied):
            Heard.objects.get().happened  # noqa: B018 - touching it is the attempt


def test_who_says_it_has_her_own_scope_again_afterwards(cast, case):
    from cases.models import Case

    with acting(cast.worker) as actor:
        from cases.access import get_case
        from tests.cast import NOW

        get_case(actor=actor, case=case, at=NOW)
        facts_heard = Heard.objects.count()
        from cases import figures

        figures.tell(of=case, known={Known.SEX: "man"}, now=NOW)
        assert Heard.objects.count() == facts_heard + 1
        assert Case.objects.get(pk=case).need


def test_nothing_heard_of_what_has_lost_its_key_is_counted(cast, monkeypatch):
    courses(cast, 1)
    monkeypatch.setattr(facts, "living", lambda: frozenset())
    gathered()
    assert counts_by(STATE) == {}
    assert not Heard.objects.exists()


@pytest.mark.parametrize("nowhere", IMPOSSIBLE, ids=lambda nowhere: "-".join(nowhere))
def test_what_the_plans_call_impossible_cannot_be_written_down(nowhere):
    """Of all that can have happened together, in any order, nothing falls where nobody can be."""
    opened_by, decided, ended = EITHER[1], EITHER[2], EITHER[3]
    names = [dimension.name for dimension in DIMENSIONS]
    asked = {
        what for each in DIMENSIONS if each.name in nowhere for _, needed in each.rules for what in needed
    }
    together = [group & asked for group in (*EITHER, *(frozenset({what}) for what in alone()))]
    groups = [[None, *sorted(group)] for group in (*together, decided, ended) if group]
    tried = 0
    for chosen in itertools.product([None, Happening.ENQUIRY], *groups):
        seen = frozenset(filter(None, chosen))
        opened = seen & opened_by
        # Nothing is decided and nothing closed without a case, and there is a first contact or a case.
        if (not opened and seen & (decided | ended)) or not (opened or Happening.ENQUIRY in seen):
            continue
        row = row_at(happened=dict.fromkeys(seen, "2025H1"), period="2025H2", since="2023H1")
        assert row is not None
        assert (row[0] == ASKED) == (not opened)
        place = dict(zip(names, row, strict=True))
        assert not all(place[name] in values for name, values in nowhere.items()), (seen, nowhere)
        tried += 1
    assert tried > 10


def alone():
    """The happenings that exclude no other."""
    return sorted(set(Happening) - {what for group in EITHER for what in group} - {Happening.ENQUIRY})
