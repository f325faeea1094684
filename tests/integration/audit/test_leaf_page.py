"""One leaf as a reviewer reads it, and what she is told when somebody has changed the columns beside it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from audit import copies, log
from audit.events import leaf_hash
from audit.models import Leaf
from avhopp.accounts import events as account_events
from cases.models import Case
from tests.cast import actor_for
from tests.signed_in import signed_in

COPIED = [field.name for field in Leaf._meta.fields if field.name not in {"body", "payload"}]
OTHERWISE = {
    "id": uuid4(),
    "at": timezone.now() + timedelta(microseconds=1),
    "event": "account.signed_out",
    "kind": "export",
    "actor": uuid4(),
    "role": "supervisor",
    "basis": "deputy",
    "about": uuid4(),
    "address": "198.51.100.1",
}


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def leaf(cast) -> Leaf:
    with transaction.atomic():
        made = log.record(
            event=account_events.SIGNED_IN,
            actor=actor_for(cast.worker),
            at=timezone.now(),
            about=cast.worker.pk,
        )
    return Leaf.objects.get(pk=made)


def test_missing_leaf_is_an_address_that_does_not_exist(cast):
    assert signed_in(cast.auditor).get(reverse("audit:leaf", args=[uuid4()])).status_code == 404


def test_leaf_says_who_what_when_and_its_hash_and_the_reading_is_recorded(cast, leaf):
    answer = signed_in(cast.auditor).get(reverse("audit:leaf", args=[leaf.pk]))
    text = text_of(answer)
    for said in (
        "Worker",
        "Handläggare",
        "Enhet Norr",
        "loggade in",
        "192.0.2.1",
        "lösenord, säkerhetsnyckel",
    ):
        assert said in text
    assert leaf_hash(bytes(leaf.body)).hex() in text.replace(" ", "")
    assert "stämmer inte" not in text
    read = Leaf.objects.get(event="log.leaf_viewed")
    assert read.actor == cast.auditor.pk
    assert json.loads(bytes(read.body))["purpose"] == f"log_leaf?leaf={leaf.pk}"


def test_leaf_about_a_case_names_its_kind_and_neither_number_nor_person(cast, case):
    opened = Leaf.objects.get(event="case.opened")
    answer = signed_in(cast.auditor).get(reverse("audit:leaf", args=[opened.pk]))
    text = text_of(answer)
    assert "ett ärende" in text
    assert "en person" in text
    assert "Finns, och öppnas bara i ärendet." in text
    found = Case.objects.get(pk=case)
    for hidden in (found.number, found.code_name, "Provsson", str(case), str(found.person_id)):
        assert hidden not in answer.content.decode()


def test_every_copied_column_is_compared():
    assert set(COPIED) == set(OTHERWISE)


@pytest.mark.parametrize("column", COPIED)
def test_column_that_says_otherwise_than_the_leaf_is_named(leaf, column):
    assert copies.said(leaf).differs == ()
    setattr(leaf, column, OTHERWISE[column])
    assert copies.said(leaf).differs == (column,)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b'{"time": 1}', b"null"])
def test_leaf_that_cannot_be_read_is_said_to_be_so(leaf, body):
    leaf.body = body
    assert copies.said(leaf).differs == ("body",)


def test_body_in_another_form_of_the_same_json_is_named(leaf):
    leaf.body = json.dumps(json.loads(bytes(leaf.body))).encode()
    assert copies.said(leaf).differs == ("body",)


def test_payload_that_was_exchanged_is_named(case):
    opened = Leaf.objects.get(event="case.opened")
    fields = copies.said(opened).fields
    assert copies.payload_fits(opened, fields)
    opened.payload = bytes(opened.payload)[:-1] + b"\x00"
    assert not copies.payload_fits(opened, fields)
    opened.payload = None
    assert not copies.payload_fits(opened, fields)


def test_reviewer_is_told_when_the_owner_of_the_database_has_changed_a_copy(own_database, cast, leaf):
    """The owner moves the deed to a colleague and another address; the page shows the doer and the alarm."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_leaf DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_leaf SET actor = %s, address = '203.0.113.5' WHERE id = %s",
            [cast.stranger.pk, leaf.pk],
        )
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_leaf'::regclass AND NOT tgisinternal"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE audit_leaf ENABLE ALWAYS TRIGGER {name}")
    client = signed_in(cast.auditor)
    page = client.get(reverse("audit:leaf", args=[leaf.pk]))
    text = text_of(page)
    assert "Händelsen stämmer inte med sig själv" in text
    assert "vem som handlade" in text
    assert "nätadressen" in text
    assert "Vem Worker, Handläggare" in text
    assert "Stranger" not in text
    listed = next(r for r in client.get(reverse("audit:log")).context["found"].readings if r.leaf == leaf.pk)
    assert (listed.who, listed.address, listed.differs) == ("Worker", "192.0.2.1", ("actor", "address"))


def test_reviewer_is_told_when_a_subject_is_missing_from_the_index(own_database, cast):
    from tests.cast import make_case

    make_case(worker=cast.worker)
    opened = Leaf.objects.get(event="case.opened")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_leafsubject DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM audit_leafsubject WHERE leaf = %s AND position = 1", [opened.pk])
    text = text_of(signed_in(cast.auditor).get(reverse("audit:leaf", args=[opened.pk])))
    assert "Händelsen stämmer inte med sig själv" in text
    assert "vad händelsen gäller" in text
