"""Who reaches the log: the roles of the matrix and nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Leaf
from avhopp.accounts.roles import RIGHTS, Right, Role
from tests.signed_in import signed_in

REVIEWERS = {role for role in Role if Right.SEARCH_LOG in RIGHTS[role]}


def by_role(cast) -> dict[Role, object]:
    return {Role(person.role): person for person in cast.everyone().values()}


def test_matrix_lets_only_auditor_and_data_protection_officer_search():
    assert {Role.AUDITOR, Role.DATA_PROTECTION_OFFICER} == REVIEWERS


@pytest.mark.parametrize("role", sorted(set(Role) - REVIEWERS))
def test_other_role_is_refused_the_log_and_the_refusal_is_recorded(cast, role):
    client = signed_in(by_role(cast)[role])
    leaf = Leaf.objects.order_by("id").first()
    for answer in (
        client.get(reverse("audit:log")),
        client.post(reverse("audit:log"), {"kind": "read"}),
        client.get(reverse("audit:leaf", args=[leaf.pk if leaf else uuid4()])),
    ):
        assert answer.status_code == 403
    assert Leaf.objects.filter(event="page.refused", actor=by_role(cast)[role].pk).count() == 3
    assert not Leaf.objects.filter(event="log.searched").exists()


@pytest.mark.parametrize("role", sorted(REVIEWERS))
def test_reviewer_reaches_the_log(cast, role):
    answer = signed_in(by_role(cast)[role]).get(reverse("audit:log"))
    assert answer.status_code == 200
    assert Leaf.objects.filter(event="log.searched", actor=by_role(cast)[role].pk).count() == 1


def test_nobody_reaches_the_log_without_signing_in(db):
    answer = Client().get(reverse("audit:log"))
    assert answer.status_code in {302, 401}
    assert "urval" not in answer.content.decode()
    assert Client().post(reverse("audit:log"), {"kind": "read"}).status_code == 401


def test_reviewer_who_has_shown_only_a_password_is_refused_the_log(cast):
    answer = signed_in(cast.auditor, methods=("password",)).get(reverse("audit:log"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("accounts:second_factor")
    assert not Leaf.objects.filter(event="log.searched").exists()
