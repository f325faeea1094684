"""Moving a case to another municipality."""

from __future__ import annotations

from datetime import date

ASKED = {
    "municipality": "Grannkommunen",
    "asked_on": date(2026, 3, 2),
    "request": "Personen har flyttat dit och har sitt stöd där.",
    "client_view": "Vill det.",
}


def ask(world, **changes):
    return world.call(world.cast.worker, "transfers.ask", values={**ASKED, **changes})


def answer(world, transfer, *, answer="accepted", on=date(2026, 3, 20), version=1):
    return world.call(
        world.cast.worker,
        "transfers.answer",
        transfer=transfer,
        answer=answer,
        on=on,
        text="",
        version=version,
    )


def refer(world, transfer, *, on=date(2026, 4, 3), version=1):
    return world.call(world.cast.worker, "transfers.refer", transfer=transfer, on=on, version=version)


def hand_over(world, transfer, *, by=None, version=2):
    return world.call(
        by or world.cast.supervisor,
        "transfers.hand_over",
        transfer=transfer,
        sent="Gällande beslut och planen. Inga anteckningar.",
        version=version,
    )


def _on_asked(verb):
    def prepare(world):
        transfer = ask(world)
        return lambda: verb(world, transfer)

    return prepare


def _hand_over(world):
    transfer = answer(world, ask(world))
    return lambda: hand_over(world, transfer)


SCENARIOS = {
    "transfers.ask": lambda world: lambda: ask(world),
    "transfers.answer": _on_asked(answer),
    "transfers.refer": _on_asked(refer),
    "transfers.hand_over": _hand_over,
}


def made(given):
    from cases.actions import transfers

    with given.opened() as verb:
        return {"transfer": transfers.ask(values=ASKED, **verb).pk}
