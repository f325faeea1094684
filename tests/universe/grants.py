"""Access to a case, and the clock's work with it."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import NOW


def _give(world):
    from cases.models import Basis

    return world.call(
        world.cast.supervisor,
        "grants.give",
        user=world.cast.co_worker,
        basis=Basis.CO_WORKER,
        expires_at=NOW + timedelta(days=1),
    )


def _assign(world):
    return lambda: world.call(world.cast.supervisor, "grants.assign", user=world.cast.colleague)


def _end(world):
    grant = _give(world)
    return lambda: world.call(world.cast.supervisor, "grants.end", grant=grant)


def _expired(world):
    from audit.events import job
    from cases.actions import grants

    grant = _give(world)
    return lambda: grants.write_down_expired(grant=grant, by=job("clock"), now=NOW + timedelta(days=2))


def _remind(world):
    from audit.events import job
    from cases.actions import reminders

    return reminders.remind(person=world.cast.worker, by=job("clock"), now=NOW)


SCENARIOS = {
    "grants.give": lambda world: lambda: _give(world),
    "grants.assign": _assign,
    "grants.end": _end,
    "grants.write_down_expired": _expired,
    "reminders.remind": lambda world: lambda: _remind(world),
}


def made(given):
    from cases.actions import grants
    from cases.models import Basis

    with given.opened(given.supervisor) as verb:
        grant = grants.give(user=given.helper, basis=Basis.CO_WORKER, expires_at=None, **verb)
    return {"grant": grant.pk}
