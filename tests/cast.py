"""The cast and the universe: a small municipality, made only through actions, that every test may ask for.

Fixtures are functions of one another, so that a test gets only what it names. `opened` opens a case as somebody, the
way a page does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from audit.events import Actor

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# A serial that Skatteverket keeps for test numbers (238).
TEST_NUMBER = "199006072384"


def actor_for(user) -> Actor:
    """The actor that a signed-in colleague is, without a browser."""
    return Actor(
        user=user.pk,
        role=user.role,
        unit=user.unit_id,
        session="0" * 32,
        address="192.0.2.1",
        request="test",
        methods=("password", "webauthn"),
    )


@contextmanager
def acting(user, *, at: datetime = NOW, purpose: str = "test") -> Iterator[Actor]:
    """Act as a colleague inside an open scope."""
    from avhopp.sealed.scope import CryptoScope

    actor = actor_for(user)
    with CryptoScope(actor=actor, purpose=purpose, at=at):
        yield actor


@dataclass
class Cast:
    """Two units and one person of each role; `worker` and `stranger` do the same work in different units."""

    worker: object
    colleague: object
    co_worker: object
    supervisor: object
    other_supervisor: object
    stranger: object
    auditor: object
    officer: object
    manager: object
    administrator: object

    def everyone(self) -> dict[str, object]:
        return dict(vars(self))


@pytest.fixture
def cast(db) -> Cast:
    from avhopp.accounts.models import Unit, User

    here, there = (Unit.objects.create(name=name) for name in ("Enhet Norr", "Enhet Syd"))

    def person(name: str, role: str, unit) -> object:
        return User.objects.create_user(
            email=f"{name}@example.invalid", name=name.capitalize(), title="", role=role, unit=unit
        )

    return Cast(
        worker=person("worker", "case_worker", here),
        colleague=person("colleague", "case_worker", here),
        co_worker=person("coworker", "co_worker", here),
        supervisor=person("supervisor", "supervisor", here),
        other_supervisor=person("othersupervisor", "supervisor", there),
        stranger=person("stranger", "case_worker", there),
        auditor=person("auditor", "auditor", None),
        officer=person("officer", "data_protection_officer", None),
        manager=person("manager", "safety_manager", None),
        administrator=person("administrator", "administrator", None),
    )


def person_data(**changes):
    from cases.actions.people import PersonData

    values = {
        "identity_kind": "personnummer",
        "identity_number": TEST_NUMBER,
        "given_name": "Prov",
        "family_name": "Provsson",
        "birth_date": date(1990, 6, 7),
        "legal_sex": "woman",
        "protection": "none",
        "phone": "070-1740605",
        "phone_is_safe": True,
    }
    return PersonData(**{**values, **changes})


def make_case(
    *, worker, by=None, track="exit", at: datetime = NOW, need: str = "Vill lämna.", intake=None, **person
):
    """Open a case through the action; returns the case's id."""
    from cases.actions.cases import open_case
    from cases.models.enquiry import Source
    from cases.workflow import Track

    with acting(by or worker, at=at) as actor:
        return open_case(
            track=Track(track),
            person=person_data(**person),
            source=Source.SELF,
            need=need,
            intake=intake,
            enquiry=None,
            responsible=worker,
            by=actor,
            now=at,
        ).id


@pytest.fixture
def case(cast: Cast) -> UUID:
    """A case of the worker's in her own unit."""
    return make_case(worker=cast.worker)


@pytest.fixture
def foreign_case(cast: Cast) -> UUID:
    """A case of the stranger's in the other unit."""
    return make_case(worker=cast.stranger, given_name="Annan")


@pytest.fixture
def opened(case: UUID) -> Callable:
    """Open the case as somebody: `with opened(user) as (found, actor)`."""
    from cases.access import get_case

    @contextmanager
    def as_user(user, *, at: datetime = NOW, which: UUID | None = None):
        with acting(user, at=at) as actor:
            yield get_case(actor=actor, case=which or case, at=at), actor

    return as_user
