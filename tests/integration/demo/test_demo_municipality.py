"""The invented municipality stands in the database as people would have left it, and its start pages are alive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from audit.events import Actor
from audit.models import Leaf
from avhopp.accounts.models import User
from avhopp.demo import municipality
from avhopp.demo.colleagues import COLLEAGUES, MAIN, SUPERVISOR, WORKER
from cases.access import visible_cases
from cases.models import Case, StageRequest
from cases.queries import due
from cases.queries.work import work_of
from cases.workflow import ORDER, Stage, Track
from config.checks import refuse_to_start
from followup.queries import agreements, ledger

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def now(db):
    now = timezone.now()
    municipality.build(now=now)
    return now


def actor_of(colleague):
    user = User.objects.get(email=colleague.email)
    return Actor(user=user.pk, role=user.role, unit=user.unit_id)


def test_municipality_is_whole(now):
    check_that_every_case_stands_where_its_last_approval_says()
    check_that_every_stage_at_work_is_shown()
    check_that_nobody_was_refused()
    check_that_start_pages_are_alive(now)
    check_that_the_record_lies_in_the_order_of_time()
    check_that_each_colleague_sees_what_is_hers(now)
    agreement = agreements.in_force(now.date())
    assert agreement.areas.count() == 4
    assert [release.number for release in ledger.published(agreement)] == [1, 2, 3]
    assert due.expired_grants(at=now)
    with pytest.raises(ImproperlyConfigured, match="påhittade konton"):
        refuse_to_start()


def check_that_every_case_stands_where_its_last_approval_says():
    for case in Case.objects.all():
        approved = StageRequest.objects.filter(case=case, state="approved").order_by("decided_at").last()
        assert case.stage == (approved.to_stage if approved else ORDER[Track(case.track)][0])
        assert (case.closed_on is not None) == (case.stage in {Stage.CLOSED, Stage.FOLLOWED_UP})


def check_that_every_stage_at_work_is_shown():
    shown = set(Case.objects.values_list("track", "stage"))
    assert {stage for _, stage in shown} == set(Stage)
    assert {track for track, _ in shown} == set(Track)


def check_that_nobody_was_refused():
    assert not Leaf.objects.filter(kind="refusal").exists()


def check_that_start_pages_are_alive(now):
    today = timezone.localtime(now).date()
    work = work_of(actor=actor_of(WORKER), at=now, today=today)
    days = [(waiting.task.due_on - today).days for waiting in work.tasks]
    assert min(days) < 0
    assert 0 in days
    assert max(days) > 0
    assert work.beside.drafts
    assert work.beside.returned
    assert len(work.beside.enquiries) == 4
    assert len(work_of(actor=actor_of(SUPERVISOR), at=now, today=today).beside.approvals) >= 3


def check_that_the_record_lies_in_the_order_of_time():
    times = list(Leaf.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] - times[0] > timedelta(days=1000)


def check_that_each_colleague_sees_what_is_hers(now):
    counts = {who.key: visible_cases(actor=actor_of(who), at=now).count() for who in COLLEAGUES}
    assert counts["greta"] == counts["tove"] == counts["dan"] == counts["sam"] == 0
    assert 0 < counts["nour"] < counts["alma"] < counts["karin"] < Case.objects.count()
    assert len(MAIN) == 4
