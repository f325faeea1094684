"""A unit's register on its way in."""

from __future__ import annotations

from audit.events import job
from tests.cast import NOW

ROW = {
    "track": "Avhopparärende",
    "given_name": "Prov",
    "family_name": "Provsson",
    "legal_sex": "Kvinna",
    "source": "Polisen",
    "responsible": "Worker",
    "need": "Vill lämna.",
}


def bring(world, rows=(ROW,)):
    return world.unit_call(world.cast.supervisor, "imports.bring", rows=list(rows))


def _by_the_job(action, *, after=(), **arguments):
    def prepare(world):
        register = bring(world)
        for step, given in after:
            _do(world, step, register, **given)
        return lambda: _do(world, action, register, **arguments)

    return prepare


def _do(world, action, register, **arguments):
    from avhopp.sealed.scope import CryptoScope
    from tests.universe import ACTIONS

    if action == "imports.start":
        return world.unit_call(world.cast.supervisor, action, register=register)
    by = job("check_register")
    with CryptoScope(actor=by, purpose="import", at=NOW):
        return ACTIONS[action](register=register, by=by, now=NOW, **arguments)


CHECKED = (("imports.start_check", {}), ("imports.end_check", {"faults": []}))
SCENARIOS = {
    "imports.bring": lambda world: lambda: bring(world),
    "imports.start_check": _by_the_job("imports.start_check"),
    "imports.end_check": _by_the_job("imports.end_check", after=CHECKED[:1], faults=[]),
    "imports.start": _by_the_job("imports.start", after=CHECKED),
    "imports.finish": _by_the_job("imports.finish", after=(*CHECKED, ("imports.start", {}))),
    "imports.fail": _by_the_job("imports.fail", after=(*CHECKED, ("imports.start", {}))),
}


def made(given):
    from cases.actions import imports
    from tests.cast import acting

    with acting(given.supervisor) as actor:
        return {"register": imports.bring(rows=[ROW], by=actor, now=NOW).pk}
