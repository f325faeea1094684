"""Who may do what to which account."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.events import Actor
from avhopp.accounts.policies import NotAllowed, check_manages, check_manages_other, check_own_or_manages
from avhopp.accounts.roles import Role

ME = UUID(int=1)
HER = UUID(int=2)
OTHERS = [role.value for role in Role if role is not Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", [*OTHERS, "anonymous", ""])
def test_other_roles_manage_no_account(role):
    for check in (check_manages_other, check_own_or_manages):
        with pytest.raises(NotAllowed):
            check(actor=Actor(user=ME, role=role), account=HER)
    with pytest.raises(NotAllowed):
        check_manages(actor=Actor(user=ME, role=role))


def test_administrator_manages_others_but_not_herself():
    actor = Actor(user=ME, role="administrator")
    check_manages_other(actor=actor, account=HER)
    with pytest.raises(NotAllowed, match="eget"):
        check_manages_other(actor=actor, account=ME)


@given(role=st.sampled_from(OTHERS))
def test_everyone_ends_her_own_sessions(role):
    check_own_or_manages(actor=Actor(user=ME, role=role), account=ME)


def test_somebody_without_an_account_owns_none():
    with pytest.raises(NotAllowed):
        check_own_or_manages(actor=Actor(user=None, role="anonymous"), account=ME)


def test_refusal_carries_a_sentence_for_the_person():
    with pytest.raises(NotAllowed) as refusal:
        check_manages(actor=Actor(user=ME, role="auditor"))
    assert refusal.value.reason.endswith(".")
