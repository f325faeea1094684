"""Access that somebody gives herself, widens or hides in the database is found and named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from audit.models import Leaf
from audit.review.months import STOCKHOLM
from audit.verification.faults import FaultKind
from tests.integration.audit_tree.deeds import found, leaf_at


@pytest.fixture
def granted(running_log, cast):
    """A case with its first grants, one that was given and ended, and one that still waits for its place."""
    from cases.access import get_case
    from cases.actions import grants
    from tests.cast import acting, make_case

    case = make_case(worker=cast.worker, at=running_log.time)
    ended = give(running_log, cast, case, cast.co_worker)
    with acting(cast.supervisor, at=running_log.time) as actor, transaction.atomic():
        opened = get_case(actor=actor, case=case, at=running_log.time)
        grants.end(opened=opened, grant=ended, by=actor, now=running_log.time + timedelta(seconds=1))
    running_log.grow()
    give(running_log, cast, case, cast.colleague)
    faults, report = found(running_log)
    assert faults == set()
    assert report.grants == 4
    assert report.waiting > 0
    return case


def give(running_log, cast, case, user):
    from cases.access import get_case
    from cases.actions import grants
    from cases.models import Basis
    from tests.cast import acting

    with acting(cast.supervisor, at=running_log.time) as actor, transaction.atomic():
        opened = get_case(actor=actor, case=case, at=running_log.time)
        return grants.give(
            opened=opened, user=user, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=running_log.time
        )


def test_grant_that_somebody_gives_herself_by_sql_is_named(running_log, granted, cast):
    running_log.tamper(
        "INSERT INTO cases_casegrant (id, user_id, permission_id, content_object_id, starts_at, expires_at, basis,"
        " granted_by_id) SELECT gen_random_uuid(), %s, permission_id, content_object_id, starts_at,"
        " '9999-12-31 00:00:00+00', basis, granted_by_id FROM cases_casegrant LIMIT 1",
        [cast.stranger.pk],
    )
    faults, report = found(running_log)
    assert {kind for kind, _ in faults} == {FaultKind.GRANT_UNKNOWN}
    assert report.first.about.startswith("cases.casegrant ")


@pytest.mark.parametrize(
    "change",
    [
        "expires_at = '9999-12-31 00:00:00+00'",
        "basis = 'approver'",
        "starts_at = '2020-01-01 00:00:00+00'",
        "user_id = (SELECT id FROM accounts_user WHERE name = 'Stranger')",
    ],
)
def test_grant_that_is_changed_by_sql_is_named_with_the_leaf_that_told_of_it(
    running_log, granted, cast, change
):
    running_log.tamper(f"UPDATE cases_casegrant SET {change} WHERE user_id = %s", [cast.co_worker.pk])
    faults, _ = found(running_log)
    ((kind, entry),) = faults
    assert kind is FaultKind.GRANT_CHANGED
    assert Leaf.objects.get(pk=leaf_at(entry)).event == "grant.ended"


def test_grant_that_waits_is_compared_too(running_log, granted, cast):
    running_log.tamper("UPDATE cases_casegrant SET basis = 'deputy' WHERE user_id = %s", [cast.colleague.pk])
    assert found(running_log)[0] == {(FaultKind.GRANT_CHANGED, None)}


def test_grant_that_is_taken_away_by_sql_is_named(running_log, granted, cast):
    running_log.tamper("DELETE FROM cases_casegrant WHERE user_id = %s", [cast.co_worker.pk])
    faults, _ = found(running_log)
    assert {kind for kind, _ in faults} == {FaultKind.GRANT_GONE}


def test_grant_given_in_another_zone_is_the_same_grant(running_log, cast):
    from tests.cast import make_case

    make_case(worker=cast.worker, at=running_log.time.astimezone(STOCKHOLM))
    assert found(running_log)[0] == set()


def test_leaf_that_tells_of_a_grant_in_a_payload_without_the_key_is_named(running_log, granted):
    leaf = Leaf.objects.filter(event="grant.ended").get()
    running_log.tamper(
        "UPDATE audit_leaf SET payload = %s WHERE id = %s", [bytes(leaf.payload)[:-1] + b"x", leaf.pk]
    )
    assert FaultKind.TOKEN in {fault.kind for fault in running_log.report().faults}
