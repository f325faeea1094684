"""One rule, four askers: the list, the single case, guardian's backend and the database agree at every instant."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.access import NotVisible, get_case, visible_cases
from cases.backends import GrantBackend
from cases.models import CaseGrant
from cases.policies import Permission
from tests.cast import NOW, acting, actor_for

HOURS = st.integers(-5, 5)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    spans=st.lists(st.tuples(HOURS, st.integers(0, 5)), max_size=4),
    at=HOURS,
    active=st.booleans(),
    role=st.sampled_from(["case_worker", "supervisor", "auditor", "administrator"]),
)
def test_list_case_and_backend_agree(cast, case, spans, at, active, role):
    from django.db import transaction

    moment = NOW + timedelta(hours=at)
    permission = CaseGrant.objects.filter(content_object_id=case).first().permission
    with transaction.atomic():
        user = cast.stranger
        user.is_active, user.role = active, role
        user.save()
        for start, length in spans:
            CaseGrant.objects.create(
                user=user,
                permission=permission,
                content_object_id=case,
                starts_at=NOW + timedelta(hours=start),
                expires_at=NOW + timedelta(hours=start + length),
                basis="deputy",
                granted_by=cast.supervisor,
            )
        in_force = any(start <= at < start + length for start, length in spans)
        reads = role in {"case_worker", "supervisor"}
        actor = actor_for(user)
        listed = visible_cases(actor=actor, at=moment).filter(pk=case).exists()
        with acting(user, at=moment):
            try:
                get_case(actor=actor, case=case, at=moment)
                got = True
            except NotVisible:
                got = False
        with time_machine.travel(moment, tick=False):
            from cases.models import Case

            codename = permission.codename
            backend = GrantBackend().has_perm(user, f"cases.{codename}", Case.objects.get(pk=case))
        assert listed is got is (in_force and active and reads)
        with acting(user, at=moment):
            given = Case.objects.filter(pk=case).exists()
        assert backend is given is got
        transaction.set_rollback(True)


def test_backend_grants_nothing_without_an_object(cast, case):
    backend = GrantBackend()
    for permission in Permission:
        assert not backend.has_perm(cast.worker, f"cases.{permission}")
    assert backend.get_all_permissions(cast.worker) == set()


def test_backend_sees_the_workers_grant(cast, case):
    from cases.models import Case

    found = Case.objects.get(pk=case)
    with time_machine.travel(NOW, tick=False):
        assert cast.worker.has_perm("cases.work_case", found)
        assert not cast.worker.has_perm("cases.supervise_case", found)
        assert not cast.stranger.has_perm("cases.work_case", found)


def test_changed_role_ends_old_access_at_once(cast, case):
    actor = actor_for(cast.worker)
    assert visible_cases(actor=actor, at=NOW).exists()
    cast.worker.role = "administrator"
    cast.worker.save()
    assert not visible_cases(actor=actor, at=NOW).exists()
    assert not visible_cases(actor=actor_for(cast.worker), at=NOW).exists()


@pytest.mark.parametrize(
    "who", ["auditor", "officer", "manager", "administrator", "stranger", "other_supervisor"]
)
def test_others_see_no_case(cast, case, who):
    assert not visible_cases(actor=actor_for(getattr(cast, who)), at=NOW).exists()
