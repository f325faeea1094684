"""A new account, a role, a unit: asked for by one, approved by another, and about neither of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.events import Actor
from avhopp.accounts import actions, second_person
from avhopp.accounts.models import AccountRequest, RequestKind, User
from avhopp.accounts.policies import NotAllowed
from avhopp.accounts.queries import waiting_requests
from avhopp.accounts.roles import Role
from tests.cast import NOW, actor_for
from tests.signed_in import signed_in


def ask(cast, account, kind=RequestKind.ROLE, **wanted):
    return second_person.ask(
        account=account.pk, kind=kind, by=actor_for(cast.administrator), now=NOW, **wanted
    )


def test_role_is_another_only_when_somebody_else_has_approved(cast, leaves):
    asked = ask(cast, cast.worker, role=Role.SUPERVISOR)
    cast.worker.refresh_from_db()
    assert cast.worker.role == "case_worker"
    second_person.approve(request=asked.pk, by=actor_for(cast.officer), now=NOW)
    cast.worker.refresh_from_db()
    assert cast.worker.role == "supervisor"
    assert leaves() == ["account.asked", "account.role_changed"]


def test_new_account_is_closed_until_somebody_else_has_approved(cast):
    made = actions.create_account(
        email="ny@example.invalid",
        name="Ny",
        title="",
        role=Role.CASE_WORKER,
        unit=cast.worker.unit,
        by=actor_for(cast.administrator),
        now=NOW,
    )
    assert not made.is_active
    with pytest.raises(NotAllowed):
        actions.one_time_link(account=made.pk, by=actor_for(cast.administrator), now=NOW)
    [request] = waiting_requests(account=made.pk)
    assert second_person.approve(request=request.pk, by=actor_for(cast.officer), now=NOW).is_active


def test_nobody_approves_her_own_request_or_what_is_about_herself(cast):
    about_officer = ask(cast, cast.officer, role=Role.SUPERVISOR)
    own = ask(cast, cast.worker, role=Role.SUPERVISOR)
    with pytest.raises(NotAllowed, match="eget konto"):
        second_person.approve(request=about_officer.pk, by=actor_for(cast.officer), now=NOW)
    with pytest.raises(NotAllowed, match="själv begärt"):
        second_person.approve(request=own.pk, by=actor_for(cast.administrator), now=NOW)
    with pytest.raises(NotAllowed):
        ask(cast, cast.administrator, role=Role.SUPERVISOR)


@pytest.mark.parametrize("who", ["worker", "supervisor", "auditor", "manager", "co_worker"])
def test_no_other_role_approves_or_changes_past_the_request(cast, who):
    asked = ask(cast, cast.stranger, role=Role.SUPERVISOR)
    by = actor_for(getattr(cast, who))
    with pytest.raises(NotAllowed):
        second_person.approve(request=asked.pk, by=by, now=NOW)
    for name, more in (
        ("change_role", {"role": Role.AUDITOR}),
        ("change_unit", {"unit": None}),
        ("reopen_account", {}),
    ):
        with pytest.raises(NotAllowed):
            getattr(actions, name)(account=cast.stranger.pk, by=by, now=NOW, **more)


def test_declined_is_not_done_and_cannot_be_decided_twice(cast):
    asked = ask(cast, cast.worker, role=Role.SUPERVISOR)
    second_person.decline(request=asked.pk, by=actor_for(cast.officer), now=NOW)
    with pytest.raises(NotAllowed, match="redan tagit ställning"):
        second_person.approve(request=asked.pk, by=actor_for(cast.officer), now=NOW)
    assert User.objects.get(pk=cast.worker.pk).role == "case_worker"


def test_later_request_of_the_kind_takes_the_place_of_the_earlier(cast):
    first = ask(cast, cast.worker, role=Role.SUPERVISOR)
    ask(cast, cast.worker, role=Role.AUDITOR)
    with pytest.raises(NotAllowed):
        second_person.approve(request=first.pk, by=actor_for(cast.officer), now=NOW)
    assert waiting_requests(account=cast.worker.pk).count() == 1


@pytest.mark.parametrize("changes", [{"decided_by": "asked_by"}, {"decided_by": "account"}])
def test_database_refuses_one_who_answers_for_herself(cast, changes):
    asked = ask(cast, cast.worker, role=Role.SUPERVISOR)
    values = {name: getattr(asked, other) for name, other in changes.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountRequest.objects.filter(pk=asked.pk).update(**values, decided_at=NOW)


def test_on_screen_the_officer_finds_it_and_approves_with_a_fresh_factor(cast):
    administrator, officer = (signed_in(who, fresh=True) for who in (cast.administrator, cast.officer))
    url = reverse("accounts:role", args=[cast.worker.pk])
    assert administrator.post(url, {"role": "supervisor"}).status_code == 302
    page = administrator.get(reverse("accounts:account", args=[cast.worker.pk])).content.decode()
    assert "Väntar på godkännande" in page
    waiting = officer.get(reverse("accounts:requests")).content.decode()
    assert "Worker" in waiting
    [request] = waiting_requests()
    decide = reverse("accounts:request_decide", args=[request.pk])
    assert signed_in(cast.officer).post(decide, {"do": "approve"}).status_code == 401
    assert officer.post(decide, {"do": "approve"}).status_code == 302
    assert User.objects.get(pk=cast.worker.pk).role == "supervisor"


def test_actor_without_a_role_is_refused(cast):
    asked = ask(cast, cast.worker, role=Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        second_person.approve(request=asked.pk, by=Actor(user=cast.officer.pk, role="anonymous"), now=NOW)
