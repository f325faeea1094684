"""Decisions: a draft, its signature, what follows upon it and what happens with it."""

from __future__ import annotations

from datetime import date

from cases.catalogue.decision_kinds import DecisionKind
from tests.cast import NOW, acting
from tests.universe.delegations import give

GRANT = {
    "measure": "open",
    "ruling": "Stödsamtal varje vecka.",
    "starts_on": date(2026, 3, 2),
    "ends_on": date(2026, 8, 31),
    "reasons": "Behovet framgår av utredningen.",
    "communication": "done",
    "communicated_on": date(2026, 3, 1),
}
EXTENSION = {
    "ruling": "Utredningstiden förlängs.",
    "reasons": "Uppgifter från skolan väntas.",
    "communication": "not_needed",
}
COMMITTEE = {"by_committee": True, "protocol": "2026-02-27 § 14", "decided_on": date(2026, 2, 27)}


def provision(code: str):
    from cases.models import LegalBasis

    return LegalBasis.objects.filter(code=code).latest("valid_from")


def draft(world, *, kind=DecisionKind.GRANT, code="sol_11_1", by=None, **content):
    """A saved draft of a kind; what is given is written in it."""
    worker = by or world.cast.worker
    row = world.call(worker, "decisions.draft", kind=kind)
    said = {"legal_basis": provision(code), **(content or GRANT)}
    return world.call(worker, "decisions.save_draft", decision=row, content=said, version=row.version)


def sign(world, row, *, by=None):
    return world.call(by or world.cast.worker, "decisions.sign", decision=row, version=row.version)


def signed(world, *, kind=DecisionKind.GRANT, code="sol_11_1", **content):
    """A decision signed by the worker on the delegation that she is given for it."""
    from cases.models import Delegation

    if not Delegation.objects.filter(delegate=world.cast.worker, provision=code).exists():
        give(world, provision=code)
    return sign(world, draft(world, kind=kind, code=code, **content))


def note(world, row, *, kind="notified", on=date(2026, 3, 2), by=None, **values):
    said = {"way": "meeting", "has_appeal_text": True} if kind == "notified" else {}
    return world.call(
        by or world.cast.worker,
        "decision_events.note",
        decision=row,
        values={"kind": kind, "happened_on": on, **said, **values},
    )


def _on_draft(action, **arguments):
    def prepare(world):
        row = draft(world)
        return lambda: world.call(world.cast.worker, action, decision=row, version=row.version, **arguments)

    return prepare


def _sign(world):
    give(world)
    row = draft(world)
    return lambda: sign(world, row)


def _follow(world):
    row = signed(world)
    return lambda: world.call(world.cast.worker, "decisions.follow", decision=row, following="change")


def _note(world):
    row = signed(world)
    return lambda: note(world, row)


SCENARIOS = {
    "decisions.draft": lambda world: (
        lambda: world.call(world.cast.worker, "decisions.draft", kind=DecisionKind.GRANT)
    ),
    "decisions.save_draft": _on_draft("decisions.save_draft", content=GRANT),
    "decisions.discard": _on_draft("decisions.discard"),
    "decisions.sign": _sign,
    "decisions.follow": _follow,
    "decision_events.note": _note,
}


def made(given):
    from cases.actions import decisions, delegations

    with acting(given.supervisor) as actor:
        delegations.give(
            provision="sol_13_2",
            delegate=given.worker,
            deputy_for=None,
            starts_on=date(2026, 1, 1),
            ends_on=None,
            note="",
            by=actor,
            now=NOW,
        )
    with given.opened() as verb:
        row = decisions.draft(kind=DecisionKind.GRANT, **verb)
        said = {**GRANT, "legal_basis": provision("sol_13_2")}
        saved = decisions.save_draft(decision=row, content=said, version=row.version, **verb)
        return {"decision": decisions.sign(decision=saved, version=saved.version, **verb).pk}
