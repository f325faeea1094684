"""The gate: who gets a case, and what everybody else meets."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.models import Leaf
from cases import access
from cases.access import NotVisible
from tests.cast import NOW, acting


def test_stranger_cannot_open_a_case_of_another_unit(cast, case):
    with acting(cast.stranger) as actor, pytest.raises(NotVisible):
        access.get_case(actor=actor, case=case, at=NOW)
    refusal = Leaf.objects.get(event="case.refused")
    assert refusal.actor == cast.stranger.pk


def test_worker_opens_her_case_and_leaves_one_leaf(cast, case):
    with acting(cast.worker) as actor:
        opened = access.get_case(actor=actor, case=case, at=NOW)
        assert opened.basis == "assigned"
        assert opened.case.person.full_name == "Prov Provsson"
        access.get_case(actor=actor, case=case, at=NOW)
    assert Leaf.objects.filter(event="case.viewed", actor=cast.worker.pk).count() == 1


def test_missing_case_is_refused_like_a_forbidden_one(cast, case):
    for wanted in (case, uuid4()):
        with acting(cast.stranger) as actor, pytest.raises(NotVisible):
            access.get_case(actor=actor, case=wanted, at=NOW)
    forbidden, missing = Leaf.objects.filter(event="case.refused").order_by("at", "id")
    assert len(forbidden.body) == len(missing.body)


def test_grant_holds_to_the_second(cast, case):
    from cases.models import CaseGrant

    end = NOW + timedelta(hours=1)
    CaseGrant.objects.filter(content_object_id=case, user=cast.worker).update(expires_at=end)
    visible = [
        access.visible_cases(actor=_actor(cast.worker), at=at).exists()
        for at in (NOW, end - timedelta(microseconds=1), end, end + timedelta(seconds=1))
    ]
    assert visible == [True, True, False, False]


def _actor(user):
    from tests.cast import actor_for

    return actor_for(user)
