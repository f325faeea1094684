"""The table that lists are ordered by: kept by the database, in the transaction of what it follows, by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases.access import visible_cases
from cases.models import Case, CaseGrant, ListedCase
from cases.queries import listed
from tests.cast import NOW, acting, actor_for, make_case
from tests.signed_in import signed_in


def order(user, *, ended=False, at=NOW):
    return list(listed.in_order(actor=actor_for(user), at=at, ended=ended))


def test_several_grants_in_one_case_make_one_row(cast, case):
    grant = CaseGrant.objects.filter(user=cast.worker, content_object=case).get()
    grant.pk = None
    grant.save(force_insert=True)
    assert ListedCase.objects.filter(case=case, user=cast.worker).count() == 2
    assert order(cast.worker) == [case]


def test_changed_deadline_and_stage_are_followed_at_once(cast):
    first, second = (make_case(worker=cast.worker) for _ in range(2))
    Case.objects.filter(pk=first).update(next_deadline=NOW.date() + timedelta(days=9))
    Case.objects.filter(pk=second).update(next_deadline=NOW.date())
    assert order(cast.worker) == [second, first]
    Case.objects.filter(pk=second).update(next_deadline=None)
    assert order(cast.worker) == [first, second]
    Case.objects.filter(pk=first).update(stage="closed", closed_on=NOW.date())
    assert order(cast.worker) == [second]
    assert order(cast.worker, ended=True) == [first]


def test_change_that_is_taken_back_leaves_the_list_as_it_was(cast, case):
    before = order(cast.worker)
    with transaction.atomic():
        CaseGrant.objects.filter(content_object=case, user=cast.worker).update(expires_at=NOW)
        assert order(cast.worker) == []
        transaction.set_rollback(True)
    assert order(cast.worker) == before


def test_grant_ends_in_the_list_to_the_second(cast, case):
    ends = NOW + timedelta(hours=1)
    CaseGrant.objects.filter(content_object=case, user=cast.worker).update(expires_at=ends)
    assert order(cast.worker, at=ends - timedelta(microseconds=1)) == [case]
    assert order(cast.worker, at=ends) == []


@pytest.mark.parametrize("statement", ["UPDATE", "DELETE"])
def test_nobody_writes_the_list_by_hand(cast, case, statement):
    rows = ListedCase.objects.filter(case=case)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows.update(number="x") if statement == "UPDATE" else rows.delete()


def test_database_shows_a_person_her_own_rows_in_force_alone(cast, case, foreign_case):
    with acting(cast.worker):
        assert set(ListedCase.objects.values_list("user", flat=True)) <= {cast.worker.pk}
    with acting(cast.worker, at=NOW - timedelta(days=1)):
        assert not ListedCase.objects.exists()


def test_more_than_the_pages_show_is_said_and_the_search_is_named(cast, monkeypatch):
    monkeypatch.setattr(listed, "MOST", 1)
    make_case(worker=cast.worker)
    page = signed_in(cast.worker).get(reverse("cases:list")).content.decode()
    assert "första. Sök på ärendenummer" not in page
    make_case(worker=cast.worker)
    page = signed_in(cast.worker).get(reverse("cases:list")).content.decode()
    assert "Visar 1–1 av de 1 första. Sök på ärendenummer för att nå fler." in page
    assert visible_cases(actor=actor_for(cast.worker), at=NOW).count() == 2
