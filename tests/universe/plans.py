"""Plans and their follow-ups."""

from __future__ import annotations

from datetime import date

GOAL = "5e1f0c7a4b9d4c6e8f2a1b3c4d5e6f70"
INTERVENTION = {
    "what": "Hjälp att söka bostad.",
    "who": "Handläggaren varje vecka.",
    "provider": "",
    "provider_name": "",
    "starts_on": "2026-03-02",
    "ends_on": "",
    "reason": "",
}
CONTENT = {
    "kind": "implementation",
    "agreed_on": date(2026, 3, 1),
    "client_agrees": "yes",
    "goals": [
        {
            "code": GOAL,
            "area": "housing",
            "text": "Eget boende.",
            "sign": "Kontraktet är skrivet.",
            "until": "2026-09-01",
            "interventions": [INTERVENTION],
        }
    ],
    "client_view": "Boendet är viktigast.",
    "guardians_view": "",
    "follow_up_on": date(2026, 6, 1),
}
RATED = {
    "happened_on": date(2026, 3, 2),
    "ratings": {GOAL: {"rating": -1, "comment": "Kön är lång."}},
    "client_view": "",
    "summary": "",
    "next_on": date(2026, 9, 1),
}


def start(world):
    return world.call(world.cast.worker, "plans.start")


def save(world, **changes):
    draft = start(world)
    return world.call(
        world.cast.worker,
        "plans.save_draft",
        plan=draft,
        content={**CONTENT, **changes},
        version=draft.version,
    )


def sign(world, **changes):
    saved = save(world, **changes)
    return world.call(world.cast.worker, "plans.sign", plan=saved, version=saved.version)


def follow_up(world, **changes):
    signed = sign(world)
    return world.call(world.cast.worker, "plan_follow_ups.note", plan=signed, values={**RATED, **changes})


def _save(world):
    draft = start(world)
    return lambda: world.call(world.cast.worker, "plans.save_draft", plan=draft, content=CONTENT, version=1)


def _sign(world):
    saved = save(world)
    return lambda: world.call(world.cast.worker, "plans.sign", plan=saved, version=2)


def _discard(world):
    draft = start(world)
    return lambda: world.call(world.cast.worker, "plans.discard", plan=draft, version=1)


def _correct(world):
    signed = sign(world)
    return lambda: world.call(world.cast.worker, "plans.correct", plan=signed)


def _follow_up(world):
    signed = sign(world)
    return lambda: world.call(world.cast.worker, "plan_follow_ups.note", plan=signed, values=RATED)


def _change(world):
    noted = follow_up(world)
    return lambda: world.call(
        world.cast.worker,
        "plan_follow_ups.change",
        follow_up=noted,
        values={**RATED, "summary": "Bättre än det lät."},
        version=1,
    )


SCENARIOS = {
    "plans.start": lambda world: lambda: start(world),
    "plans.save_draft": _save,
    "plans.sign": _sign,
    "plans.discard": _discard,
    "plans.correct": _correct,
    "plan_follow_ups.note": _follow_up,
    "plan_follow_ups.change": _change,
}


def made(given):
    from cases.actions import plan_follow_ups, plans

    with given.opened() as verb:
        draft = plans.start(**verb)
        saved = plans.save_draft(plan=draft, content=CONTENT, version=1, **verb)
        signed = plans.sign(plan=saved, version=2, **verb)
        noted = plan_follow_ups.note(plan=signed, values=RATED, **verb)
        return {"plan": signed.pk, "plan_follow_up": noted.pk}
