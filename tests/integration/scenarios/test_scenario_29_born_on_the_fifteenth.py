"""Scenario 29: five years after the last note a file is destroyed by two people, but for those whose files are kept."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from avhopp.database.testing import pointing_at
from cases import destruction
from cases.access import get_case
from cases.actions import disposals
from cases.models import Case, StageRequest
from cases.queries.retention import retention_of
from cases.retention import Reason
from tests.cast import NOW, acting, make_case
from tests.universe import World
from tests.universe.decisions import draft
from tests.universe.disposals import LATER, call, propose
from tests.universe.follow_ups import end_case


def begun(cast, **person) -> World:
    case = make_case(worker=cast.worker, **person)

    @contextmanager
    def opened(user, at=NOW):
        with transaction.atomic(), acting(user, at=at) as actor:
            yield get_case(actor=actor, case=case, at=at), actor

    return World(cast, case, opened)


def ended(cast, **person) -> World:
    world = begun(cast, **person)
    end_case(world)
    return world


def asked(world, at=LATER):
    with world.opened(world.cast.worker, at=at) as (opened, _):
        return retention_of(opened)


@pytest.mark.slow
def test_scenario_29_born_on_the_fifteenth_is_kept_and_on_the_fourteenth_goes(own_database, cast):
    kept, goes = ended(cast, birth_date=date(1990, 6, 15)), ended(cast, birth_date=date(1990, 6, 14))
    assert asked(kept).reasons == (Reason.RESEARCH,)
    with pytest.raises(disposals.NotDue), transaction.atomic():
        propose(kept)
    with transaction.atomic():
        made = propose(goes)
    with transaction.atomic():
        call(goes, cast.supervisor, "disposals.approve", disposal=made)
    with pointing_at(urls=replace(own_database, app=own_database.keeper)):
        given = {"clock": lambda: LATER + timedelta(days=1), "tell": lambda done, total: None}
        assert destruction.destroy_approved(**given) == (1, 0)
    assert set(Case.objects.values_list("pk", flat=True)) == {kept.case_id}


@pytest.mark.django_db
def test_scenario_29_child_who_was_placed_is_kept_for_ever(cast):
    world = begun(cast, birth_date=date(2010, 6, 14))
    made = draft(world)
    with world.opened(cast.worker):
        # As the signature leaves it; what a placement needs before it is the decisions' own matter.
        made.measure, made.signed_at, made.signed_by, made.number = "placement", NOW, cast.worker, "B2026-1"
        made.by_committee, made.decided_on = True, NOW.date()
        made.save()
    end_case(world)
    found = asked(world)
    assert (found.reasons, found.is_forever) == ((Reason.PLACED,), True)
    with pytest.raises(disposals.NotDue):
        propose(world)


@pytest.mark.django_db
def test_scenario_29_inquiry_into_a_child_is_kept_until_thirty(cast):
    world = ended(cast, birth_date=date(2010, 6, 14))
    with world.opened(cast.worker):
        closing = StageRequest.objects.get(case=world.case_id)
        copied = {
            field.name: getattr(closing, field.name)
            for field in StageRequest._meta.concrete_fields
            if field.name not in {"id", "to_stage"}
        }
        StageRequest(to_stage="inquiry", **copied).save(force_insert=True)
    found = asked(world)
    assert (found.reasons, found.due_on) == ((Reason.CHILD,), date(2040, 6, 14))
    with pytest.raises(disposals.NotDue):
        propose(world)
