"""Every action takes who and when, and writes exactly one leaf. The list of actions is read from the code."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from datetime import date, timedelta

import pytest

import cases.actions
from audit.models import Leaf
from cases.workflow import Stage, Track
from tests.cast import NOW, acting, person_data

PART_OF_ANOTHER = {"void_pending"}


def actions() -> dict[str, object]:
    found = {}
    for info in pkgutil.iter_modules(cases.actions.__path__):
        module = importlib.import_module(f"cases.actions.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or inspect.unwrap(function).__module__ != module.__name__:
                continue
            parameters = inspect.signature(function).parameters
            if "now" in parameters and name not in PART_OF_ANOTHER:
                found[f"{info.name}.{name}"] = function
    return found


ACTIONS = actions()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_action_takes_actor_and_time_by_keyword(name):
    parameters = inspect.signature(ACTIONS[name]).parameters.values()
    assert {"by", "now"} <= {parameter.name for parameter in parameters}
    assert all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in parameters)


class World:
    """What the scenarios stand on: a case, a draft, a signed note, a pending request, an enquiry, a grant."""

    def __init__(self, cast, case, opened):
        self.cast, self.case_id, self.opened = cast, case, opened

    def call(self, user, action, /, **arguments):
        with self.opened(user) as (found, actor):
            return ACTIONS[action](opened=found, by=actor, now=NOW, **arguments)

    def unit_call(self, user, action, /, **arguments):
        with acting(user) as actor:
            return ACTIONS[action](by=actor, now=NOW, **arguments)

    def enquiry(self):
        from cases.models.enquiry import Channel, Source, Urgency

        return self.unit_call(
            self.cast.worker,
            "enquiries.register",
            received_at=NOW,
            channel=Channel.PHONE,
            urgency=Urgency.DAYS,
            is_anonymous=False,
            source=Source.SELF,
            need="Vill ha stöd.",
            callback="",
        )

    def draft(self):
        return self.call(self.cast.worker, "notes.start")

    def signed(self):
        note = self.draft()
        return self.call(self.cast.worker, "notes.sign", note=note, content=FULL, version=1)

    def request(self):
        return self.call(
            self.cast.worker,
            "stages.request_stage",
            to_stage=Stage.ASSESSMENT,
            reason="Informationen är lämnad.",
            ticked={"informed", "safe_contact"},
            closure_reason="",
        )


FULL = {"kind": "contact", "event_date": date(2026, 3, 1), "facts": "Möte.", "assessment": "", "source": ""}


def _open_case(world):
    from cases.models.enquiry import Source

    return world.unit_call(
        world.cast.worker,
        "cases.open_case",
        track=Track.EXIT,
        person=person_data(),
        source=Source.SELF,
        need="x",
        enquiry=None,
        responsible=world.cast.worker,
    )


def _give(world):
    from cases.models import Basis

    return world.call(
        world.cast.supervisor,
        "grants.give",
        user=world.cast.co_worker,
        basis=Basis.CO_WORKER,
        expires_at=NOW + timedelta(days=1),
    )


def _end_grant(world):
    grant = _give(world)
    return lambda: world.call(world.cast.supervisor, "grants.end", grant=grant)


def _expired(world):
    from audit.events import job

    grant = _give(world)
    return lambda: ACTIONS["grants.write_down_expired"](
        grant=grant, by=job("clock"), now=NOW + timedelta(days=2)
    )


def _remind(world):
    from audit.events import job

    return ACTIONS["reminders.remind"](person=world.cast.worker, by=job("clock"), now=NOW)


def _approve(world, action="stages.approve", **more):
    request = world.request()
    if action == "stages.approve":
        more["seen"] = bytes(request.digest)
    return lambda: world.call(world.cast.supervisor, action, request=request, **more)


def _note(action, *, signed=False, **arguments):
    def prepare(world):
        note = world.signed() if signed else world.draft()
        return lambda: world.call(world.cast.worker, action, note=note, **arguments)

    return prepare


def _enquiry(action, **arguments):
    def prepare(world):
        enquiry = world.enquiry()
        return lambda: world.unit_call(world.cast.worker, action, enquiry=enquiry, **arguments)

    return prepare


def _end_enquiry(world):
    from cases.models.enquiry import Outcome

    return _enquiry("enquiries.end", outcome=Outcome.ADVICE)(world)


SCENARIOS = {
    "cases.open_case": lambda world: lambda: _open_case(world),
    "cases.edit_case": lambda world: (
        lambda: world.call(world.cast.worker, "cases.edit_case", changes={"need": "Nytt"}, version=1)
    ),
    "cases.edit_person": lambda world: (
        lambda: world.call(world.cast.worker, "cases.edit_person", changes={"phone": "ny"}, version=1)
    ),
    "enquiries.register": lambda world: world.enquiry,
    "enquiries.end": _end_enquiry,
    "enquiries.note_first_meeting": _enquiry("enquiries.note_first_meeting", on=date(2026, 3, 3)),
    "grants.give": lambda world: lambda: _give(world),
    "grants.end": _end_grant,
    "grants.write_down_expired": _expired,
    "notes.start": lambda world: world.draft,
    "notes.save_draft": _note("notes.save_draft", content={"facts": "a"}, version=1),
    "notes.sign": _note("notes.sign", content=FULL, version=1),
    "notes.discard": _note("notes.discard", version=1),
    "notes.correct": _note("notes.correct", signed=True),
    "reminders.remind": lambda world: lambda: _remind(world),
    "stages.request_stage": lambda world: world.request,
    "stages.approve": lambda world: _approve(world, comment=""),
    "stages.send_back": lambda world: _approve(world, "stages.send_back", comment="Komplettera."),
    "stages.withdraw": lambda world: _withdraw(world),
}


def _withdraw(world):
    request = world.request()
    return lambda: world.call(world.cast.worker, "stages.withdraw", request=request)


def test_every_action_has_a_scenario():
    assert set(SCENARIOS) == set(ACTIONS)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_action_writes_exactly_one_leaf(name, cast, case, opened):
    act = SCENARIOS[name](World(cast, case, opened))
    before = Leaf.objects.exclude(kind="read").count()
    act()
    assert Leaf.objects.exclude(kind="read").count() == before + 1
