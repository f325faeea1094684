"""The record: final bytes, append-only, in the same transaction, and nothing shown when it cannot be written."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from audit import events, log
from audit.models import Leaf, LeafSubject
from avhopp.crypto import token
from avhopp.sealed import keyring
from cases.models import Note
from tests.cast import NOW, acting, actor_for

ACTOR = events.Actor(
    user=UUID("11111111-1111-4111-8111-111111111111"),
    role="case_worker",
    unit=UUID("22222222-2222-4222-8222-222222222222"),
    session="ab" * 16,
    address="192.0.2.7",
    request="feedface",
    methods=("password", "webauthn"),
)
EVENT = events.Event("test.happened", events.Kind.READ, "hände")


def test_bytes_of_a_leaf_are_final():
    """A known answer: if this fails, every hash ever published would change. Never edit the expected bytes."""
    body = events.encode(
        leaf=UUID("0192f5a0-0000-7000-8000-000000000001"),
        at=NOW,
        event=EVENT,
        actor=ACTOR,
        about=None,
        basis="assigned",
        purpose="reading",
        subjects=[events.SealedSubject(b"\x01\x02", b"\x03" * 32), events.SealedSubject(b"\x04")],
        payload=b"sealed",
    )
    assert body == (
        b'{"about":null,"actor":"11111111-1111-4111-8111-111111111111","address":"192.0.2.7","basis":"assigned",'
        b'"event":"test.happened","id":"0192f5a0-0000-7000-8000-000000000001","methods":["password","webauthn"],'
        b'"payload":"' + hashlib.sha256(b"sealed").hexdigest().encode() + b'","purpose":"reading",'
        b'"request":"feedface","role":"case_worker","session":"abababababababababababababababab",'
        b'"subjects":[{"digest":"' + b"03" * 32 + b'","token":"AQI="},{"digest":null,"token":"BA=="}],'
        b'"time":"2026-03-02T09:00:00.000000Z","unit":"22222222-2222-4222-8222-222222222222","v":1}'
    )
    assert events.leaf_hash(body) == hashlib.sha256(b"\x00" + body).digest()


def test_leaf_ids_sort_by_time():
    from datetime import timedelta

    ids = [events.new_leaf_id(at=NOW + timedelta(milliseconds=step)) for step in range(50)]
    assert ids == sorted(ids)
    assert {leaf.version for leaf in ids} == {7}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_leaf SET event = 'x'", "DELETE FROM audit_leaf", "TRUNCATE audit_leaf"],
)
@pytest.mark.parametrize("role", ["default", "owner"])
def test_leaf_table_refuses_change(own_database, statement, role):
    with transaction.atomic():
        log.record(event=EVENT, actor=ACTOR, at=NOW)
    with pytest.raises(DatabaseError), connections[role].cursor() as cursor:
        cursor.execute(statement)
    assert Leaf.objects.count() == 1


def test_subject_stands_in_the_leaf_only_as_a_token(cast, case):
    leaf = Leaf.objects.get(event="case.opened")
    body = json.loads(bytes(leaf.body))
    assert str(case) not in bytes(leaf.body).decode()
    key = keyring.load([case])[case][0]
    import base64

    opened = token.open_subject(key, base64.b64decode(body["subjects"][0]["token"]))
    assert events.decode_subject(opened) == (case, "cases.case", case)
    assert LeafSubject.objects.filter(leaf=leaf.id, scope=case).exists()


def test_digest_is_that_of_the_stored_row(cast, case):
    from audit.digest import row_digest
    from cases.models import Case

    leaf = Leaf.objects.get(event="case.opened")
    written = json.loads(bytes(leaf.body))["subjects"][0]["digest"]
    assert row_digest(Case.objects.get(pk=case)).hex() == written


def test_digest_betrays_an_older_ciphertext_put_back(cast, case, opened):
    from audit.digest import row_digest
    from cases.actions.cases import edit_case
    from cases.models import Case

    old = bytes(Case.objects.values_list("need", flat=True).get(pk=case))
    with opened(cast.worker) as (found, actor):
        edit_case(opened=found, changes={"need": "Nytt"}, version=1, by=actor, now=NOW)
    leaf = Leaf.objects.filter(event="case.edited").get()
    written = json.loads(bytes(leaf.body))["subjects"][0]["digest"]
    assert row_digest(Case.objects.get(pk=case)).hex() == written
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET need = %s WHERE id = %s", [old, case])
    assert row_digest(Case.objects.get(pk=case)).hex() != written


def test_record_that_cannot_be_written_stops_the_reading(cast, case, monkeypatch):
    from cases.access import get_case

    def broken(**kwargs):
        raise DatabaseError

    monkeypatch.setattr(Leaf.objects, "create", broken)
    with acting(cast.worker) as actor:
        with pytest.raises(log.NotRecorded):
            get_case(actor=actor, case=case, at=NOW)
        assert Note.objects.count() == 0


def test_record_outside_a_transaction_is_refused(own_database):
    with pytest.raises(log.NotRecorded):
        log.record(event=EVENT, actor=ACTOR, at=NOW)


def test_rolled_back_work_leaves_no_leaf(own_database):
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        log.record(event=EVENT, actor=ACTOR, at=NOW)
        raise Stop
    assert Leaf.objects.count() == 0


def test_detail_without_a_subject_is_refused(db):
    with pytest.raises(log.NotRecorded):
        log.record(event=EVENT, actor=ACTOR, at=NOW, detail={"a": 1})


def test_detail_is_sealed_under_the_case(cast, case):
    leaf = Leaf.objects.get(event="case.opened")
    assert b"assigned" not in bytes(leaf.payload)
    key = keyring.load([case])[case][0]
    opened = json.loads(token.open_detail(key, bytes(leaf.payload), leaf=leaf.id, scope=case))
    assert {grant["basis"] for grant in opened["grants"]} == {"assigned", "approver"}
    assert json.loads(bytes(leaf.body))["payload"] == hashlib.sha256(bytes(leaf.payload)).hexdigest()


def test_actor_of_a_leaf_is_who_acted(cast, case):
    leaf = Leaf.objects.get(event="case.opened")
    assert (leaf.actor, leaf.role) == (cast.worker.pk, "case_worker")
    assert actor_for(cast.worker).user == leaf.actor
