"""Who reads the follow-up, and that nobody who does comes near a case from it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Leaf
from avhopp.accounts.roles import RIGHTS, Right, Role
from tests.signed_in import signed_in

READERS = {role for role in Role if Right.READ_FOLLOWUP in RIGHTS[role]}
START = "followup:start"


def by_role(cast) -> dict[Role, object]:
    return {Role(person.role): person for person in cast.everyone().values()}


def case_addresses() -> list[tuple[str, tuple[str, ...]]]:
    """Every named address of the programme with the names of its parameters, read from the resolver."""
    found: list[tuple[str, tuple[str, ...]]] = []

    def walk(patterns, namespace: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, pattern.namespace or namespace)
            elif isinstance(pattern, URLPattern) and namespace == "cases":
                found.append((f"cases:{pattern.name}", tuple(pattern.pattern.converters)))

    walk(get_resolver().url_patterns, "")
    return found


def test_matrix_lets_only_safety_manager_and_data_protection_officer_read():
    assert {Role.SAFETY_MANAGER, Role.DATA_PROTECTION_OFFICER} == READERS
    own = {Right.READ_FOLLOWUP, Right.PREPARE_FOLLOWUP, Right.APPROVE_RELEASES}
    assert RIGHTS[Role.SAFETY_MANAGER] == own
    assert not any(own & RIGHTS[role] for role in set(Role) - READERS)


@pytest.mark.parametrize("role", sorted(set(Role) - READERS))
def test_other_role_is_refused_the_followup_and_the_refusal_is_recorded(cast, role):
    person = by_role(cast)[role]
    assert signed_in(person).get(reverse(START)).status_code == 403
    assert Leaf.objects.filter(event="page.refused", actor=person.pk).count() == 1
    assert not Leaf.objects.filter(event="followup.read").exists()


@pytest.mark.parametrize("role", sorted(READERS))
def test_reader_reads_the_followup_and_the_reading_is_recorded(cast, role):
    person = by_role(cast)[role]
    assert signed_in(person).get(reverse(START)).status_code == 200
    assert Leaf.objects.filter(event="followup.read", actor=person.pk).count() == 1


def test_nobody_reads_the_followup_without_signing_in(db):
    assert Client().get(reverse(START)).status_code in {302, 401}


def test_followup_cannot_be_written_to(cast):
    assert signed_in(cast.manager).post(reverse(START)).status_code == 405


def test_safety_manager_is_refused_the_log(cast):
    assert signed_in(cast.manager).get(reverse("audit:log")).status_code == 403


def test_the_programme_has_addresses_to_refuse():
    assert len(case_addresses()) >= 20


@pytest.mark.parametrize(("name", "parameters"), case_addresses())
def test_safety_manager_is_refused_every_address_of_the_programme(cast, case, name, parameters):
    client = signed_in(cast.manager)
    given = {key: case if key == "case" else uuid4() for key in parameters}
    for answer in (client.get(reverse(name, kwargs=given)), client.post(reverse(name, kwargs=given), {})):
        assert answer.status_code in {403, 404, 405}
    assert (
        not Leaf.objects.filter(actor=cast.manager.pk, event__startswith="case.")
        .exclude(kind="refusal")
        .exists()
    )
