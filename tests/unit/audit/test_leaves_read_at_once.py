"""The quick reading of leaves against the slow one: it may call for a closer look, and never spare one that is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import events
from audit.copies import payload_fits, said
from audit.models import Leaf
from audit.verification.entries import Fitting, fitting

AT = datetime(2026, 2, 3, 4, 5, 6, 789, UTC)
ID, PERSON, UNIT = (UUID(int=number) for number in (1, 2, 3))
EVENT = events.Event("bench.done", events.Kind.READ, "gjorde")
ACTOR = events.Actor(
    user=PERSON,
    role="case_worker",
    unit=UNIT,
    session="ab" * 16,
    address="192.0.2.7",
    request="feedface",
    methods=("password", "webauthn"),
)


def leaf(**columns) -> Leaf:
    """A leaf as the application writes it."""
    given = {
        "id": ID, "at": AT, "event": EVENT.code, "kind": EVENT.kind.value, "actor": PERSON, "role": "case_worker",
        "basis": "assigned", "about": None, "address": "192.0.2.7", "payload": b"sealed",
    }  # fmt: skip
    body = events.encode(
        leaf=ID,
        at=AT,
        event=EVENT,
        actor=ACTOR,
        about=None,
        basis="assigned",
        purpose="läsa",
        subjects=[events.SealedSubject(b"token"), events.SealedSubject(b"other", b"d" * 32)],
        payload=b"sealed",
    )
    return Leaf(**{**given, "body": body, **columns})


def read(*leaves: Leaf) -> Fitting | None:
    """Read leaves quickly, with their columns as `COLUMNS` gives them."""
    rows = []
    for each in leaves:
        digest = None if each.payload is None else sha256(each.payload).hexdigest().encode()
        named = [str(each.about or "-"), str(each.actor or "-")]
        shared = [*named, each.address, each.basis, each.event, each.kind, each.role]
        naive = each.at.astimezone(UTC).replace(tzinfo=None)
        rows.append((each.body, str(each.id).encode(), digest, naive, "\x1f".join(shared)))
    return fitting(*zip(*rows, strict=True))


def is_sound(each: Leaf) -> bool:
    found = said(each)
    return not found.differs and payload_fits(each, found.fields)


def test_leaves_as_they_are_written_are_read_at_once():
    plain = leaf()
    assert is_sound(plain)
    found = read(plain, plain)
    assert found is not None
    assert (list(found.times), list(found.kinds)) == ([b"2026-02-03T04:05:06.000789Z"] * 2, ["read"] * 2)
    assert b'"digest":"' in found.subjects[1]


@pytest.mark.parametrize(
    "columns",
    [
        {"id": UNIT},
        {"at": AT + timedelta(microseconds=1)},
        {"event": "bench.other"},
        {"actor": UNIT},
        {"actor": None},
        {"role": "supervisor"},
        {"basis": "emergency"},
        {"about": UNIT},
        {"address": "192.0.2.8"},
        {"payload": None},
        {"payload": b"other"},
        {"basis": 'assigned","event":"bench.done'},
    ],
    ids=lambda columns: "-".join(columns),
)
def test_one_leaf_whose_copy_says_something_else_sends_all_of_them_to_be_looked_at(columns):
    assert read(leaf(), leaf(**columns), leaf()) is None


BODY = leaf().body.decode()


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ('"läsa"', '"l\x01sa"'),
        ('"läsa"', '"l\\u00e4sa"'),
        ('"läsa"', '"l\udce4sa"'),
        ('["password",', '["password", '),
        ('"digest":null,', '"digest":null,"digest":null,'),
        ('"}],"time"', '"} ],"time"'),
        ("2026-02-03T", "2026-02-03 "),
        ("2026-02-03", "2026-W06-2"),
        ('"v":1', '"v":1,"v":1'),
        ('"v":1}', '"v":1}\n'),
    ],
)
def test_bytes_in_another_form_are_never_read_at_once(text, instead):
    assert BODY.count(text) == 1
    assert read(leaf(body=BODY.replace(text, instead).encode(errors="surrogateescape"))) is None


def test_event_whose_bytes_and_copy_hold_one_more_key_is_not_read_at_once():
    forged = 'assigned","event":"bench.first'
    body = BODY.replace('"basis":"assigned"', f'"basis":"{forged}"').encode()
    assert not is_sound(leaf(body=body, basis=forged))
    assert read(leaf(body=body, basis=forged)) is None


@given(place=st.integers(0, len(BODY) - 1), taken=st.integers(0, 3), put=st.binary(max_size=3))
def test_what_is_read_at_once_is_sound_whatever_was_changed(place, taken, put):
    raw = leaf().body
    changed = leaf(body=raw[:place] + put + raw[place + taken :])
    assert read(changed) is None or is_sound(changed)


@given(place=st.integers(0, len(BODY) - 1), sign=st.sampled_from('"\\,:[]{}0aZ- \x00\x1f\x7f'))
def test_what_is_read_at_once_is_sound_whatever_sign_stands_somewhere(place, sign):
    changed = leaf(body=(BODY[:place] + sign + BODY[place + 1 :]).encode())
    assert read(changed) is None or is_sound(changed)
