"""How a case came in, what was done in it and how it went afterwards is counted without a word of it being read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.catalogue.decision_kinds import Measure
from cases.figures import Known
from cases.models.assessment import AssessmentKind
from cases.models.case import Intake
from cases.models.follow_up import Crime
from followup import facts
from followup.outcomes import (
    AGENCIES,
    CRIME,
    CRIME_UNKNOWN,
    INTAKE,
    MANY_AGENCIES,
    NO_AGENCY,
    NO_CASE,
    NO_CRIME,
    NOT_FOLLOWED_UP,
    NOT_PLACED,
    NOTIFIED,
    OTHER_INTAKE,
    PLACED,
    PLACEMENT,
    SIX,
    SOME_AGENCIES,
    VIA_SSPF,
    VIOLENCE,
    VIOLENCE_ASKED,
    VIOLENCE_NOT_ASKED,
    YEAR,
)
from tests.cast import NOW, acting, make_case
from tests.followup_made import counts_by, gathered
from tests.universe import World, assessments, consents, decisions, follow_ups
from tests.universe.enquiries import contact

PERIOD = "2026H1"


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def now_counted(dimension):
    """The one case's category at the end of the half-year, by the way of the nightly job."""
    gathered(now=NOW + timedelta(days=1))
    ((category,),) = counts_by(dimension, period=PERIOD)
    return category


def test_each_way_in_is_counted_and_who_only_asked_has_no_case(cast):
    from cases.actions import enquiries

    for intake in Intake:
        make_case(worker=cast.worker, at=NOW, intake=intake)
    with acting(cast.worker, at=NOW) as actor:
        enquiries.register(**contact(received_at=NOW), by=actor, now=NOW)
    gathered(now=NOW + timedelta(days=1))
    assert counts_by(INTAKE, period=PERIOD) == {
        (NOTIFIED,): 1, (VIA_SSPF,): 1, (OTHER_INTAKE,): 2, (NO_CASE,): 1,
    }  # fmt: skip


def test_question_about_violence_is_counted_when_its_assessment_is_signed_and_no_other(world):
    assessments.sign(world)
    draft = assessments.start(world)
    content = {**assessments.THREAT, "kind": "freda", "training": "FREDA, två dagar"}
    row = {"assessment": draft, "content": content, "version": draft.version}
    saved = world.call(world.cast.worker, "assessments.save_draft", **row)
    assert now_counted(VIOLENCE) == VIOLENCE_NOT_ASKED
    world.call(world.cast.worker, "assessments.sign", assessment=saved, version=saved.version)
    assert now_counted(VIOLENCE) == VIOLENCE_ASKED


def test_parties_are_counted_over_all_consents_each_once_and_a_withdrawn_one_stays_counted(world):
    assert now_counted(AGENCIES) == NO_AGENCY
    consents.give(world, receivers=["police"])
    given = consents.give(world, receivers=["police", "school"])
    assert now_counted(AGENCIES) == SOME_AGENCIES
    consents.give(world, receivers=["health", "school"])
    assert now_counted(AGENCIES) == MANY_AGENCIES
    how = {"on": date(2026, 3, 2), "how": "Per telefon."}
    world.call(world.cast.worker, "consents.withdraw", consent=given, version=1, **how)
    assert now_counted(AGENCIES) == MANY_AGENCIES


def test_placement_is_counted_when_it_is_granted_and_not_when_it_is_refused(world):
    decisions.signed(world)
    decisions.signed(world, kind="refusal", **{**decisions.GRANT, "measure": "placement"})
    assert now_counted(PLACEMENT) == NOT_PLACED
    decisions.signed(world, **{**decisions.GRANT, "measure": "protected_housing"})
    assert now_counted(PLACEMENT) == PLACED


def test_follow_up_is_counted_at_its_point_and_a_correction_moves_nobody(world):
    follow_ups.end_case(world)
    assert (now_counted(SIX), now_counted(YEAR)) == (NOT_FOLLOWED_UP, NOT_FOLLOWED_UP)
    noted = follow_ups.note(world)
    assert (now_counted(SIX), now_counted(YEAR)) == (NO_CRIME, NOT_FOLLOWED_UP)
    values = {**follow_ups.HOW_IT_WENT, "crime": "convicted"}
    world.call(world.cast.worker, "follow_ups.change", follow_up=noted, values=values, version=1)
    for months in (12, 24):
        world.call(world.cast.worker, "follow_ups.note", point=months, values=values)
    assert (now_counted(SIX), now_counted(YEAR)) == (NO_CRIME, CRIME)


def test_every_code_of_the_work_is_coded_or_left_out_on_purpose():
    coded = {what: {code: facts._coded(what, code) for code in codes} for what, codes in (
        (Known.ASSESSED, AssessmentKind.values),
        (Known.MEASURE, ["", *Measure]),
        (Known.AFTER_SIX, Crime.values),
        (Known.AFTER_YEAR, Crime.values),
        (Known.AGENCIES, ["1", "2", "3", "11"]),
    )}  # fmt: skip
    assert [code for code, what in coded[Known.ASSESSED].items() if what] == ["freda"]
    assert [code for code, what in coded[Known.MEASURE].items() if what] == ["placement", "protected_housing"]
    for known in (Known.AFTER_SIX, Known.AFTER_YEAR):
        assert None not in coded[known].values()
        assert coded[known]["suspected"] == coded[known]["convicted"] != coded[known]["none"]
    one, two, three, many = coded[Known.AGENCIES].values()
    assert one == two != three == many
    assert CRIME_UNKNOWN in SIX.categories
