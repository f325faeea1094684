"""Scenario 3: an emergency at night. A colleague of the unit lets herself into one case, to read, for an hour; those
who lead it know at once, somebody else reviews it, and without a review there is no next time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Leaf
from cases.access import NotVisible, Refused, get_case
from cases.actions import emergencies
from cases.models import CaseGrant, EmergencyAccess, Task
from cases.policies import Question
from cases.queries.emergencies import untold
from cases.tasks import tell_of_emergency
from tests.cast import NOW, acting, make_case
from tests.signed_in import signed_in
from tests.universe import World
from tests.universe.emergencies import number_of, row, take
from tests.universe.recusals import recuse

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
FORM = {"reason": "life", "text": "Hotad i natt."}
PAGE = reverse("cases:emergency")


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


@pytest.fixture
def night(cast):
    """A colleague of the unit who has nothing to do with the case."""
    return cast.colleague


def sees(user, case, *, at=NOW) -> bool:
    try:
        with acting(user, at=at) as actor:
            get_case(actor=actor, case=case, at=at)
        return True
    except NotVisible:
        return False


def test_scenario_03_holds_for_sixty_minutes_to_the_second_without_any_job(night, case):
    assert not sees(night, case)
    take(night, case)
    assert sees(night, case)
    assert sees(night, case, at=NOW + HOUR - SECOND)
    assert not sees(night, case, at=NOW + HOUR)
    assert set(Leaf.objects.filter(event="case.viewed", actor=night.pk).values_list("basis", flat=True)) == {
        "emergency"
    }


def test_scenario_03_opens_one_case_to_read_and_nothing_else(cast, night, case):
    other = make_case(worker=cast.worker, given_name="En annan")
    take(night, case)
    assert not sees(night, other)
    with acting(night) as actor:
        opened = get_case(actor=actor, case=case, at=NOW)
        allowed = {question for question in Question if opened.may(question)}
        assert allowed == {Question.READ}
        with pytest.raises(Refused):
            opened.demand(Question.TAKE_OUT)


def test_scenario_03_wants_a_second_factor_just_now(night):
    stale = signed_in(night).get(PAGE)
    assert stale.status_code == 302
    assert signed_in(night, fresh=True).get(PAGE).status_code == 200
    assert signed_in(night).post(PAGE, FORM).status_code == 401


def test_scenario_03_missing_foreign_and_recused_are_answered_with_the_same_bytes(
    world, cast, night, case, foreign_case
):
    recuse(world, night, by=cast.supervisor)
    browser = signed_in(night, fresh=True)
    answers = [
        browser.post(PAGE, {**FORM, "number": number}).content.replace(number.encode(), b"")
        for number in (number_of(case), number_of(foreign_case), "26-00000")
    ]
    assert len({_without_token(answer) for answer in answers}) == 1
    assert Leaf.objects.filter(event="emergency.refused", actor=night.pk).count() == 3
    assert not EmergencyAccess.objects.exists()


def _without_token(page: bytes) -> bytes:
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)


def test_scenario_03_sixth_wrong_number_in_ten_minutes_is_not_looked_up(night, case):
    browser = signed_in(night, fresh=True)
    for _ in range(emergencies.MOST):
        assert browser.post(PAGE, {**FORM, "number": "26-00000"}).status_code == 422
    assert browser.post(PAGE, {**FORM, "number": number_of(case)}).status_code == 429
    assert not EmergencyAccess.objects.exists()


def test_scenario_03_who_has_access_is_led_to_the_case_and_no_emergency_is_made(cast, case):
    answer = signed_in(cast.worker, fresh=True).post(PAGE, {**FORM, "number": number_of(case)})
    assert answer.headers["Location"] == reverse("cases:case", args=[case])
    assert not EmergencyAccess.objects.exists()


def test_scenario_03_screen_counts_down_and_can_be_left_at_once(night, case):
    browser = signed_in(night, fresh=True)
    answer = browser.post(PAGE, {**FORM, "number": number_of(case).lower()}, follow=True)
    page = answer.content.decode()
    assert "60 minuter kvar." in page
    assert "Ny anteckning" not in page
    assert browser.post(reverse("cases:case_note_new", args=[case])).status_code == 403
    browser.post(reverse("cases:emergency_leave", args=[case]))
    assert browser.get(reverse("cases:case", args=[case])).status_code == 404


def test_scenario_03_those_who_lead_and_the_officer_are_told_at_once_without_data(cast, night, case):
    take(night, case)
    assert untold() == [row(case).pk]
    tell_of_emergency(str(row(case).pk))
    tell_of_emergency(str(row(case).pk))
    assert untold() == []
    told = {address for message in mail.outbox for address in message.to}
    assert told == {cast.supervisor.email, cast.officer.email}
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        for secret in (number_of(case), "Hotad", "Provsson", night.name, "nöd"):
            assert secret not in message.subject + message.body
    assert Leaf.objects.filter(event="emergency.told").count() == 1


def test_scenario_03_supervisor_has_it_in_her_list_and_reviews_it(world, cast, night, case):
    take(night, case)
    task = Task.objects.get(case=case, rule="emergency_review")
    assert (task.assigned_to, task.due_on) == (cast.supervisor, NOW.date() + timedelta(days=3))
    leader = signed_in(cast.supervisor)
    url = reverse("cases:emergency_review", args=[case, row(case).pk])
    assert url in leader.get(reverse("cases:case_access", args=[case])).content.decode()
    assert "Hotad i natt." in leader.get(url).content.decode()
    refused = leader.post(url, {"verdict": "not_justified", "comment": ""})
    assert "Skriv vad som görs" in refused.content.decode()
    assert leader.post(url, {"verdict": "justified", "comment": ""}).status_code == 302
    assert Task.objects.get(pk=task.pk).ended == "done"
    with pytest.raises(emergencies.AlreadyReviewed):
        world.call(
            cast.supervisor, "emergencies.review", emergency=row(case), verdict="justified", comment=""
        )


def test_scenario_03_nobody_reviews_her_own_whichever_way_she_tries(world, night, case):
    take(night, case)
    with pytest.raises(Refused):
        world.call(night, "emergencies.review", emergency=row(case), verdict="justified", comment="")
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.filter(case=case).update(reviewed_at=NOW, reviewed_by=night)


def test_scenario_03_one_without_a_review_blocks_the_next_after_three_days(world, cast, night, case):
    other = make_case(worker=cast.worker, given_name="En annan")
    third = make_case(worker=cast.worker, given_name="En tredje")
    take(night, case)
    take(night, other, at=NOW + timedelta(hours=72) - SECOND)
    with pytest.raises(emergencies.Unreviewed):
        take(night, third, at=NOW + timedelta(hours=72))
    world.call(cast.supervisor, "emergencies.review", emergency=row(case), verdict="justified", comment="")
    take(night, third, at=NOW + timedelta(hours=72))


def test_scenario_03_database_gives_no_longer_wider_or_borrowed_emergency(cast, night, case, foreign_case):
    held = CaseGrant.objects.filter(content_object=case).first()

    def grant(**changes):
        values = {
            "user": night,
            "granted_by": night,
            "permission_id": held.permission_id,
            "content_object_id": case,
            "starts_at": NOW,
            "expires_at": NOW + HOUR,
            "basis": "emergency",
        }
        with acting(night), transaction.atomic():
            CaseGrant.objects.bulk_create([CaseGrant(**values | changes)])

    for changes in ({"expires_at": NOW + HOUR + SECOND}, {"user": cast.co_worker}):
        with pytest.raises((IntegrityError, ProgrammingError)):
            grant(**changes)
    for changes in ({"content_object_id": foreign_case}, {"basis": "deputy"}):
        with pytest.raises(ProgrammingError, match="row-level security"):
            grant(**changes)
    grant()


def test_scenario_03_what_was_read_is_a_sign_for_the_reviewer(night, case):
    from audit.review.rank import Read
    from cases import reviewing

    read = Read(person=night.pk, file=case, at=NOW, basis="emergency")
    found = reviewing.find([read], timezone.now())
    assert (night.pk, case) in found[reviewing.EMERGENCY]
