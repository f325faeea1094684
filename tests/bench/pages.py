"""Two pages as whole requests, ours and the floor's in turn: the list of cases and the notes of one case.

Django's test environment is never set up here: it copies the context of every included template, which would be
counted as ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from unittest.mock import patch
from uuid import uuid4

from django.template import engines
from django.test import Client
from django.urls import reverse

from tests.bench.floor import pages as floor
from tests.bench.made import FACTS, NOTES, Made
from tests.bench.ratios import Compared, against, measure
from tests.signed_in import signed_in

ROUNDS = 25
GOALS = {"list": 1.5, "notes": 1.4}


def compare(made: Made) -> list[Compared]:
    """Measure both pages for the case worker, and the list for the unit's supervisor too."""
    worker, lead = signed_in(made.worker), signed_in(made.supervisor)
    plain = floor.client_like(worker)
    list_url, notes_url = reverse("cases:list"), reverse("cases:case_notes", args=[made.cases[0]])
    floor_notes = f"/arenden/{made.floor[0]}/anteckningar/"
    floor.frame_from(list_page=_text(worker, list_url), notes_page=_text(worker, notes_url))
    _same(_text(worker, list_url), _text(plain, "/arenden/"), mark="Provsson", times=25)
    _same(_text(worker, notes_url), _text(plain, floor_notes), mark=FACTS, times=NOTES)
    _same(_text(worker, list_url), _text(plain, "/i-var-mall/"), mark="Provsson", times=25)
    _same(_text(worker, notes_url), _text(plain, f"/i-var-mall/{made.floor[0]}/"), mark=FACTS, times=NOTES)
    lists = {
        "floor": _request(plain, "/arenden/"),
        "list": _request(worker, list_url),
        "list, the unit's supervisor (200 cases)": _request(lead, list_url),
        "list without its leaf in the record": _request(worker, list_url, unrecorded),
        "list without names (no keys, no leaf)": _request(worker, list_url, unopened),
        "list with its templates parsed once": _request(worker, list_url, parsed_once),
        "plain rows in the list's own templates": _request(plain, "/i-var-mall/"),
    }
    notes = {
        "floor": _request(plain, floor_notes),
        "notes": _request(worker, notes_url),
        "notes without the leaf in the record": _request(worker, notes_url, unrecorded),
        "notes with the templates parsed once": _request(worker, notes_url, parsed_once),
        "plain notes in the page's own templates": _request(plain, f"/i-var-mall/{made.floor[0]}/"),
    }
    return [*_compared(lists, "list"), *_compared(notes, "notes")]


def _compared(variants: dict[str, Callable[[], float]], page: str) -> list[Compared]:
    measured = measure(variants, rounds=ROUNDS)
    dressed = next(name for name in variants if name.startswith("plain"))
    goals = dict.fromkeys((page, "list, the unit's supervisor (200 cases)"), GOALS[page])
    beside = {dressed: measured[dressed], f"{page}, beside {dressed}": measured[page]}
    return [*against(measured, base="floor", goals=goals), *against(beside, base=dressed, goals={})]


@contextmanager
def unrecorded() -> Iterator[None]:
    """Leave the leaf out; never possible in the product."""
    with patch("audit.log.record", lambda **given: uuid4()):
        yield


@contextmanager
def unopened() -> Iterator[None]:
    """List the cases by their code names, which are plain."""
    with (
        patch("cases.queries.work.open_list", lambda *, actor, at, cases: list(cases)),
        patch("cases.views.present.tables.shown_name", lambda case: case.code_name),
    ):
        yield


@contextmanager
def parsed_once() -> Iterator[None]:
    """Keep each template after it was parsed, as Django does unless its settings name other loaders."""
    with patch.object(engines["django"].engine, "template_loaders", _kept()):
        yield


_loaders: list[object] = []


def _kept() -> list[object]:
    if not _loaders:
        engine = engines["django"].engine
        _loaders.extend(
            engine.get_template_loaders([("django.template.loaders.cached.Loader", engine.loaders)])
        )
    return _loaders


def _request(
    client: Client, path: str, without: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Callable[[], float]:
    def timed() -> float:
        with without():
            started = time.perf_counter()
            response = client.get(path)
            taken = time.perf_counter() - started
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        return taken

    return timed


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def _same(ours: str, plain: str, *, mark: str, times: int) -> None:
    if (ours.count(mark), plain.count(mark)) != (times, times):
        raise SystemExit("the two pages do not show the same")
    if abs(len(plain) / len(ours) - 1) > 0.1:
        raise SystemExit(f"the floor's page is not as long as ours: {len(plain)} and {len(ours)} characters")
