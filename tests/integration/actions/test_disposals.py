"""Two people destroy a file: it must be due, nobody approves her own, and anybody who works in it may stop it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.access import NotVisible, Refused
from cases.actions import disposals
from cases.models import Case, Disposal
from tests.cast import acting, make_case
from tests.integration.actions.test_programme_actions import close
from tests.signed_in import signed_in
from tests.universe import World
from tests.universe.disposals import LATER, call, propose
from tests.universe.holds import put


@pytest.fixture
def ended(cast, case, opened) -> World:
    close(opened, cast)
    return World(cast, case, opened)


def approve(world, made, by=None):
    return call(world, by or world.cast.supervisor, "disposals.approve", disposal=made)


def test_file_that_is_not_due_is_not_proposed(cast, case, opened, ended):
    with pytest.raises(disposals.NotDue):
        ended.call(cast.worker, "disposals.propose", values={"comment": ""})
    assert not Disposal.objects.exists()


@pytest.mark.parametrize("day", [5, 15, 25])
def test_born_on_a_day_of_research_is_never_proposed_and_born_on_another_is(cast, opened, day):
    for born, may in ((date(1990, 6, day), False), (date(1990, 6, 14), True)):
        case = make_case(worker=cast.worker, birth_date=born)
        close(lambda user, case=case, **more: opened(user, which=case, **more), cast)
        world = World(cast, case, opened)
        if may:
            assert propose(world).rule == "last_note"
        else:
            with pytest.raises(disposals.NotDue):
                propose(world)


def test_hold_keeps_a_proposal_from_being_made_and_from_being_approved(ended, cast):
    made = propose(ended)
    put(ended)
    with pytest.raises(disposals.NotDue):
        approve(ended, made)
    call(ended, cast.worker, "disposals.stop", disposal=made, reason="Tvist.")
    with pytest.raises(disposals.NotDue):
        propose(ended)


def test_nobody_approves_her_own(ended, cast):
    made = propose(ended, by=cast.supervisor)
    with pytest.raises(Refused):
        approve(ended, made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=made.pk).update(
            state="approved", decided_at=LATER, decided_by=cast.supervisor
        )
    assert Disposal.objects.get().state == "proposed"


def test_who_does_not_lead_approves_nothing_and_a_stranger_sees_nothing(ended, cast):
    made = propose(ended)
    with pytest.raises(Refused):
        approve(ended, made, by=cast.worker)
    for user in (cast.stranger, cast.other_supervisor):
        with pytest.raises(NotVisible):
            approve(ended, made, by=user)


def test_one_proposal_at_a_time_and_a_decided_one_is_not_decided_again(ended, cast):
    made = propose(ended)
    with pytest.raises(disposals.AlreadyProposed):
        propose(ended, by=cast.supervisor)
    approve(ended, made)
    with pytest.raises(disposals.NotWaiting):
        approve(ended, made)
    call(ended, cast.worker, "disposals.stop", disposal=made, reason="Vi väntar på domen.")
    with pytest.raises(disposals.NotWaiting):
        call(ended, cast.worker, "disposals.stop", disposal=made, reason="En gång till.")
    assert propose(ended).pk != made.pk


def test_disposal_is_followed_on_the_overview_and_the_list(ended, cast):
    made = propose(ended)
    for user, may in ((cast.supervisor, True), (cast.worker, False)):
        page = signed_in(user).get(reverse("cases:case", args=[ended.case_id])).content.decode()
        assert "Föreslagen, väntar på någon annan" in page
        assert ("Godkänn gallringen" in page) is may
        assert "Stoppa gallringen" in page
    listed = signed_in(cast.worker).get(reverse("cases:disposals")).content.decode()
    with acting(cast.worker):
        assert Case.objects.get(pk=ended.case_id).number in listed
    assert "2031-03-02" in listed
    assert "Föreslagen, väntar på någon annan" in listed
    stop = reverse("cases:case_disposal_stop", args=[ended.case_id, made.pk])
    browser = signed_in(cast.worker)
    assert browser.post(stop, {"reason": ""}).status_code == 422
    key = browser.get(stop).context["form"]["key"].value()
    assert browser.post(stop, {"key": key, "reason": "Domen kommer i maj."}).status_code == 302
    page = browser.get(reverse("cases:case", args=[ended.case_id])).content.decode()
    assert "Domen kommer i maj." in page
    assert "Stoppad" in page


def test_page_that_proposes_too_early_says_until_when_and_keeps_what_was_typed(ended, cast):
    browser = signed_in(cast.worker)
    url = reverse("cases:case_dispose", args=[ended.case_id])
    form = browser.get(url)
    assert "2031-03-02" in form.content.decode()
    key = form.context["form"]["key"].value()
    refused = browser.post(url, {"key": key, "comment": "Allt är klart."})
    assert refused.status_code == 422
    assert "Ärendet ska inte gallras än." in refused.content.decode()
    assert "Allt är klart." in refused.content.decode()


def test_list_costs_as_many_statements_for_many_cases_as_for_one(cast, opened):
    def asked():
        browser = signed_in(cast.worker)
        browser.get(reverse("cases:disposals"))
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(reverse("cases:disposals")).status_code == 200
        return len(seen)

    for number in range(2):
        case = make_case(worker=cast.worker, birth_date=date(1990, 6, 14))
        close(lambda user, case=case, **more: opened(user, which=case, **more), cast)
        if number == 0:
            once = asked()
    assert asked() <= once + 1
