"""Scenario 32: the client is on the staff, or staff has ties. The case is for named people alone, whoever leads the
unit not among them unless named; nothing opens it from outside, and every reading is put before the reviewer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Leaf
from cases.access import NotVisible, get_case
from cases.actions import emergencies, restrictions
from cases.actions.staff_ties import NotOfTheUnit
from cases.models import Case, CaseGrant
from tests.cast import NOW, acting
from tests.signed_in import signed_in
from tests.universe import World, staff_ties
from tests.universe.emergencies import take
from tests.universe.recusals import recuse
from tests.universe.restrictions import WHY, restrict

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def sees(user, case, *, at=LATER) -> bool:
    try:
        with acting(user, at=at) as actor:
            get_case(actor=actor, case=case, at=at)
        return True
    except NotVisible:
        return False


def test_scenario_32_only_the_named_see_it_and_the_units_supervisor_does_not(world, cast, case):
    restrict(world, cast.worker, cast.other_supervisor, by=cast.worker)
    assert sees(cast.worker, case)
    assert sees(cast.other_supervisor, case)
    assert not sees(cast.supervisor, case)
    assert Case.objects.get(pk=case).is_restricted
    page = signed_in(cast.supervisor).get(reverse("cases:case", args=[case]))
    assert page.status_code == 404
    given = CaseGrant.objects.filter(content_object=case, basis="restricted").values_list("user", flat=True)
    assert set(given) == {cast.worker.pk, cast.other_supervisor.pk}
    assert Leaf.objects.filter(event="case.restricted").count() == 1


def test_scenario_32_no_emergency_opens_it(world, cast, case):
    restrict(world)
    with pytest.raises(emergencies.NoWayIn):
        take(cast.colleague, case)
    world.call(cast.supervisor, "restrictions.lift")
    take(cast.colleague, case)


def test_scenario_32_somebody_leads_it_and_whoever_is_responsible_stays(world, cast):
    with pytest.raises(restrictions.NobodyLeads):
        restrict(world, cast.worker)
    with pytest.raises(restrictions.ResponsibleNotNamed):
        restrict(world, cast.supervisor)
    with pytest.raises(restrictions.CannotBeNamed):
        restrict(world, cast.worker, cast.supervisor, cast.auditor)
    recuse(world, cast.colleague, by=cast.supervisor)
    with pytest.raises(restrictions.CannotBeNamed):
        restrict(world, cast.worker, cast.supervisor, cast.colleague)


def test_scenario_32_twice_is_said_and_lifting_gives_nobody_access_by_itself(world, cast, case):
    restrict(world)
    with pytest.raises(restrictions.AlreadyRestricted):
        restrict(world)
    world.call(cast.supervisor, "restrictions.lift")
    assert not sees(cast.co_worker, case)
    with pytest.raises(NotVisible):
        world.call(cast.supervisor, "restrictions.lift")


def test_scenario_32_on_screen_the_one_who_is_not_named_is_led_away(cast, case):
    browser = signed_in(cast.supervisor)
    url = reverse("cases:case_restrict", args=[case])
    form = browser.get(url)
    assert cast.stranger.name in form.content.decode()
    key = form.context["form"]["key"].value()
    named = [str(cast.worker.pk), str(cast.other_supervisor.pk)]
    answer = browser.post(url, {**WHY, "named": named, "key": key})
    assert answer.headers["Location"] == reverse("cases:list")
    page = signed_in(cast.worker).get(reverse("cases:case_access", args=[case])).content.decode()
    assert "Begränsat till namngivna" in page


def test_scenario_32_each_reading_is_a_sign_for_the_reviewer(world, cast, case):
    from audit.review.rank import Read
    from cases import reviewing

    restrict(world)
    read = Read(person=cast.worker.pk, file=case, at=LATER, basis="restricted")
    found = reviewing.find([read], LATER)
    assert (cast.worker.pk, case) in found[reviewing.RESTRICTED]


def test_scenario_32_staffs_ties_stand_apart_and_the_colleague_herself_does_not_read_them(world, cast):
    from django.apps import apps

    from cases.models import StaffTie

    tie = staff_ties.write_down(world)
    url = reverse("cases:staff_tie", args=[tie.pk])
    leader = signed_in(cast.supervisor)
    assert "Uppsökt hemma av okända." in leader.get(url).content.decode()
    listed = leader.get(reverse("cases:staff_ties")).content.decode()
    assert cast.colleague.name in listed
    assert "Uppsökt" not in listed
    assert signed_in(cast.other_supervisor).get(url).status_code == 404
    assert signed_in(cast.colleague).get(url).status_code == 403
    with pytest.raises(NotOfTheUnit):
        staff_ties.write_down(world, about=cast.supervisor)
    # One who comes to lead the unit later does not read what is known of herself.
    cast.colleague.role = "supervisor"
    cast.colleague.save()
    assert signed_in(cast.colleague).get(url).status_code == 404
    leads_to = {field.related_model for field in StaffTie._meta.concrete_fields if field.is_relation}
    assert not leads_to & {apps.get_model("cases", name) for name in ("Case", "Person")}
