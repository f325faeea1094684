"""Who could see the case that day, and why: answered from the record alone, and compared with the grants."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse

from audit.models import Leaf
from audit.verification.replay import access_at
from avhopp.accounts import actions as accounts
from avhopp.accounts.roles import Role
from cases.actions import grants
from cases.models import Basis, Case, CaseGrant
from tests.cast import NOW, acting
from tests.signed_in import signed_in
from tests.universe import World
from tests.universe.emergencies import take

PAGE = "audit:access_then"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def held(case, at):
    found = access_at(scope=case, at=at)
    assert found.agrees
    return {(each.name, each.basis) for each in found.held}


def give(opened, cast, *, until):
    with opened(cast.supervisor) as (found, actor):
        return grants.give(
            opened=found, user=cast.co_worker, basis=Basis.CO_WORKER, expires_at=until, by=actor, now=NOW
        )


def test_replay_is_exact_to_the_second(cast, case, opened):
    give(opened, cast, until=NOW + DAY)
    always = {("Worker", "assigned"), ("Supervisor", "approver")}
    assert held(case, NOW - SECOND) == set()
    assert held(case, NOW + DAY - SECOND) == always | {("Coworker", "co_worker")}
    assert held(case, NOW + DAY) == always


def test_receiving_unit_reads_and_does_nothing_more(cast, case, opened):
    from cases.access import get_case
    from cases.policies import Question

    def given(user, basis):
        with opened(cast.supervisor) as (found, actor):
            return grants.give(opened=found, user=user, basis=basis, expires_at=None, by=actor, now=NOW)

    with pytest.raises(grants.NotAColleague):
        given(cast.stranger, Basis.CO_WORKER)
    with pytest.raises(grants.NotAColleague):
        given(cast.colleague, Basis.RECEIVING)
    given(cast.stranger, Basis.RECEIVING)
    with acting(cast.stranger) as actor:
        found = get_case(actor=actor, case=case, at=NOW)
        assert {question for question in Question if found.may(question)} == {Question.READ}
    assert ("Stranger", "receiving") in held(case, NOW)


def test_access_that_was_ended_held_until_then(cast, case, opened):
    grant = give(opened, cast, until=None)
    with opened(cast.supervisor, at=NOW + DAY) as (found, actor):
        grants.end(opened=found, grant=grant, by=actor, now=NOW + DAY)
    assert ("Coworker", "co_worker") in held(case, NOW + DAY - SECOND)
    assert ("Coworker", "co_worker") not in held(case, NOW + DAY)


def test_emergency_recusal_and_a_closed_account_are_in_the_answer(world, cast, case):
    take(cast.colleague, case)
    assert ("Colleague", "emergency") in held(case, NOW + timedelta(minutes=59))
    assert ("Colleague", "emergency") not in held(case, NOW + timedelta(minutes=60))
    with acting(cast.administrator, at=NOW + DAY) as actor:
        accounts.close_account(account=cast.worker.pk, by=actor, now=NOW + DAY)
    assert ("Worker", "assigned") in held(case, NOW + DAY - SECOND)
    assert held(case, NOW + DAY) == {("Supervisor", "approver")}


def test_who_leaves_her_role_or_unit_loses_every_access_and_the_leader_finds_another(cast, case):
    with acting(cast.officer, at=NOW) as actor:
        accounts.change_role(account=cast.worker.pk, role=Role.AUDITOR, by=actor, now=NOW)
        accounts.change_role(account=cast.worker.pk, role=Role.CASE_WORKER, by=actor, now=NOW + SECOND)
    assert held(case, NOW + DAY) == {("Supervisor", "approver")}
    browser = signed_in(cast.supervisor)
    url = reverse("cases:case_assign", args=[case])
    assert url in browser.get(reverse("start")).content.decode()
    assert "Ansvarig nu: Worker." in browser.get(url).content.decode()
    assert browser.post(url, {"user": str(cast.colleague.pk)}).status_code == 302
    assert Case.objects.get(pk=case).responsible == cast.colleague
    assert url not in browser.get(reverse("start")).content.decode()
    assert CaseGrant.objects.filter(user=cast.colleague, basis="assigned").exists()


def test_grant_that_somebody_put_in_past_the_program_is_said_not_to_agree(own_database, cast, case):
    assert access_at(scope=case, at=NOW).agrees
    with psycopg.connect(own_database.owner) as owner:
        owner.execute(
            "UPDATE cases_casegrant SET expires_at = %s WHERE user_id = %s", [NOW + DAY, cast.worker.pk]
        )
    assert not access_at(scope=case, at=NOW).agrees


def test_reviewer_asks_by_number_and_the_question_is_recorded(cast, case):
    number = Case.objects.get(pk=case).number
    asked = {"number": number.lower(), "day": "2026-03-02", "clock": "12:30"}
    page = signed_in(cast.auditor).post(reverse(PAGE), asked).content.decode()
    for shown in ("Worker", "Ansvarig handläggare", "Supervisor", "stämmer med åtkomsterna"):
        assert shown in page
    assert "Provsson" not in page
    leaf = Leaf.objects.get(event="log.access_replayed")
    assert leaf.actor == cast.auditor.pk
    unknown = signed_in(cast.auditor).post(reverse(PAGE), {**asked, "number": "26-00000"})
    assert unknown.status_code == 422


def test_why_is_told_to_the_reader_on_the_page_of_access(cast, case):
    page = signed_in(cast.worker).get(reverse("cases:case_access", args=[case])).content.decode()
    assert "Ansvarig handläggare sedan 2026-03-02" in page
    assert "Din roll omfattar inte detta. Be din arbetsledare om hjälp." in page
