"""One line a committed leaf for the municipality's SIEM; no line says who did it or to whom."""

from __future__ import annotations

import json
import logging
import re
from uuid import UUID

import pytest

from audit import log, siem
from audit.events import EVENTS, Kind, leaf_hash
from audit.models import Leaf
from tests.addresses import Universe
from tests.cast import NOW, actor_for

pytestmark = pytest.mark.django_db
KEYS = {"@timestamp", "ecs", "service", "event", "trace"}
OF_EVENT = {"id", "action", "kind", "category", "type", "outcome", "dataset", "hash"}
UUID_LIKE = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@pytest.fixture
def lines():
    """What is written from now on."""
    found: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    handler = Keep()
    siem.logger.addHandler(handler)
    yield found
    siem.logger.removeHandler(handler)


@pytest.fixture
def everything(cast, lines, django_capture_on_commit_callbacks):
    """Cases with a row of everything, a review, decoys, follow-up: what nearly every verb of the program writes."""
    with django_capture_on_commit_callbacks(execute=True):
        Universe(cast)
    return [json.loads(line) for line in lines]


def test_every_leaf_has_its_line_with_its_hash(everything):
    leaves = {str(leaf.pk): leaf for leaf in Leaf.objects.all()}
    assert len(everything) == len(leaves) > 100
    for said in everything:
        leaf = leaves[said["event"]["id"]]
        assert said["event"]["hash"] == leaf_hash(bytes(leaf.body)).hex()
        assert said["event"]["action"] == leaf.event
        assert said["event"]["outcome"] == ("failure" if leaf.kind == Kind.REFUSAL else "success")


def test_no_line_holds_a_person_an_account_an_address_or_a_case(everything, lines, cast):
    from cases.models import Case

    for said in everything:
        assert said.keys() <= KEYS
        assert said["event"].keys() == OF_EVENT
        assert said["event"]["action"] in EVENTS
        assert said.get("trace", {"id": ""})["id"] in {"", "test"}
    text = "\n".join(lines)
    numbers = list(Case.objects.values_list("number", flat=True))
    secret = [*numbers, "192.0.2.1", "Provsson", "Prov", "@example", "worker", "supervisor", "auditor"]
    secret += [user.name for user in cast.everyone().values()]
    assert len(numbers) > 3
    assert [word for word in secret if word in text] == []
    ids = {said["event"]["id"] for said in everything}
    without_hashes = re.sub(r'"hash":"[0-9a-f]{64}"', "", text)
    assert set(UUID_LIKE.findall(without_hashes)) == ids
    assert {UUID(each).version for each in ids} == {7}


def test_what_is_taken_back_has_no_line(cast, lines, django_capture_on_commit_callbacks):
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        with transaction.atomic():
            log.record(event=EVENTS["log.leaf_viewed"], actor=actor_for(cast.auditor), at=NOW)
            raise ZeroDivisionError
    assert lines == []


def test_collector_that_is_gone_stops_no_work(cast, monkeypatch, django_capture_on_commit_callbacks):
    def broken(*arguments: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(siem.logger, "info", broken)
    with django_capture_on_commit_callbacks(execute=True):
        log.record(event=EVENTS["log.leaf_viewed"], actor=actor_for(cast.auditor), at=NOW)
    assert Leaf.objects.filter(event="log.leaf_viewed").count() == 1


def test_standard_output_holds_the_lines_and_nothing_else(settings):
    handlers, loggers = settings.LOGGING["handlers"], settings.LOGGING["loggers"]
    to_standard_output = [name for name, each in handlers.items() if each.get("stream") == "ext://sys.stdout"]
    assert to_standard_output == ["siem"]
    users = [name for name, each in loggers.items() if "siem" in each.get("handlers", [])]
    assert users == [siem.logger.name]
    assert loggers[siem.logger.name]["propagate"] is False
    assert "siem" not in settings.LOGGING["root"]["handlers"]


def test_what_must_be_looked_at_now_is_an_alert():
    assert EVENTS.keys() >= siem.ALERTS
    event = EVENTS["decoy.opened"]
    said = json.loads(siem.line(leaf=UUID(int=0), at=NOW, event=event, request="", body=b"{}"))
    assert said["event"]["kind"] == "alert"
    assert "trace" not in said
