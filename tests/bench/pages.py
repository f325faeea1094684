"""Times the pages of the invented municipality; started by `python -m tests.bench`."""

from __future__ import annotations

import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils import timezone

from avhopp.accounts.models import User
from avhopp.database.testing import TestServer, pointing_at
from avhopp.demo import municipality
from avhopp.demo.colleagues import AUDITOR, MANAGER, SUPERVISOR, WORKER, Colleague
from cases.models import Case
from tests.signed_in import signed_in

ROUNDS = 40


def main() -> None:
    """Build once, then time each page in turn, round after round."""
    setup_test_environment()
    server = TestServer()
    server.start()
    try:
        with pointing_at(urls=server.clone(name="bench")):
            started = time.perf_counter()
            municipality.build(now=timezone.now())
            print(f"the invented municipality: {time.perf_counter() - started:.1f} s\n")
            run()
        server.drop(name="bench")
    finally:
        server.stop()


def run() -> None:
    pages = {
        "Mina uppgifter": (WORKER, "/"),
        "Mina ärenden": (WORKER, "/arenden/"),
        "Ärendet": (WORKER, case_path("")),
        "Anteckningar": (WORKER, case_path("anteckningar/")),
        "Förfrågningar": (WORKER, "/forfragningar/"),
        "Godkännanden": (SUPERVISOR, "/godkannanden/"),
        "Åtkomstlogg": (AUDITOR, "/logg/"),
        "Uppföljning": (MANAGER, "/uppfoljning/"),
    }
    clients = {who: client_of(who) for who, _ in pages.values()}
    times: dict[str, list[float]] = {name: [] for name in pages}
    queries = {}
    for turn in range(ROUNDS + 1):
        for name, (who, path) in pages.items():
            with CaptureQueriesContext(connection) as captured:
                started = time.perf_counter()
                response = clients[who].get(path)
                taken = (time.perf_counter() - started) * 1000
            if response.status_code != 200:
                raise SystemExit(f"{path}: {response.status_code}")
            queries[name] = len(captured)
            if turn:  # the first round fills caches
                times[name].append(taken)
    print(f"{'page':<18}{'median ms':>10}{'90 % ms':>10}{'queries':>10}")
    for name, taken in times.items():
        slow = statistics.quantiles(taken, n=10)[-1]
        print(f"{name:<18}{statistics.median(taken):>10.1f}{slow:>10.1f}{queries[name]:>10}")


def client_of(who: Colleague):
    return signed_in(User.objects.get(email=who.email))


def case_path(rest: str) -> str:
    case = Case.objects.filter(responsible__email=WORKER.email, stage="establishing").first()
    assert case is not None
    return f"/arenden/{case.pk}/{rest}"
