"""Requests that belong to no case."""

from __future__ import annotations

from datetime import date

REQUEST = {
    "received_on": date(2026, 3, 2),
    "receiver": "police",
    "receiver_name": "Inspektör Provman, Polisområde Prov",
    "what": "Alla klienter som är kopplade till ett visst nätverk.",
    "answer": "no_search",
    "answer_text": "En sådan sökning finns inte.",
}


def _answer(world):
    return world.unit_call(world.cast.worker, "unit_requests.answer", values=REQUEST)


SCENARIOS = {"unit_requests.answer": lambda world: lambda: _answer(world)}


def made(given):
    from cases.actions import unit_requests

    with given.opened() as verb:
        return {"unit_request": unit_requests.answer(values=REQUEST, by=verb["by"], now=verb["now"]).pk}
