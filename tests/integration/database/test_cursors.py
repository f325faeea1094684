"""What comes and goes in binary is what it was in text, to the type."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import NotSupportedError, connection

from avhopp.database.cursors import BinaryCursor

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROW = UUID("0192f0c1-2b3c-7d4e-8f50-617283940a1b")


def answered(sql: str, params: list | None = None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def in_text(sql: str):
    """The answer without parameters, which Django asks for in the simple way."""
    return answered(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "expression",
    [
        "timestamptz '2026-03-02 10:00+01'",
        "date '2026-03-02'",
        "time '10:00'",
        "interval '1 day 2 hours'",
        "numeric '12.50'",
        "7::bigint",
        "0.5::float8",
        "true",
        "'å'::text",
        "'å'::varchar(3)",
        "'pg_class'::name",
        """'{"a": [1, "å", null]}'::jsonb""",
        "'192.0.2.1'::inet",
        "'2001:db8::1'::inet",
        "'192.0.2.0/24'::inet",
        "'0192f0c1-2b3c-7d4e-8f50-617283940a1b'::uuid",
        r"'\x00ff80'::bytea",
        "ARRAY[1, NULL, 3]",
        "ARRAY['a', 'å']",
        "ARRAY['0192f0c1-2b3c-7d4e-8f50-617283940a1b'::uuid]",
        "NULL::jsonb",
    ],
)
def test_a_value_is_the_same_in_binary_and_in_text(expression):
    binary, text = answered(f"SELECT {expression}", []), in_text(f"SELECT {expression}")
    assert (binary, type(binary)) == (text, type(text))
    if isinstance(binary, datetime):
        assert binary.tzinfo is UTC


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        [b"\x00\xff", b"", b'"\\,{}'],
        ["a", "å", '"\\,{}'],
        [ROW],
        [date(2026, 3, 2)],
        [NOW],
        [Decimal("1.50")],
        [1, 2**40],
        [True, False],
    ],
)
def test_a_list_comes_back_as_it_was_sent(sent):
    known = "::text[]" if isinstance(sent[0], str) else ""
    assert answered(f"SELECT %s{known}", [sent]) == sent


@pytest.mark.django_db
def test_lists_that_begin_with_nothing_and_empty_ones_are_still_lists_of_bytes():
    assert answered("SELECT %s::bytea[]", [[None, b"\x00"]]) == [None, b"\x00"]
    assert answered("SELECT %s::bytea[]", [[b"\x00", None]]) == [b"\x00", None]
    assert answered("SELECT %s::bytea[]", [[]]) == []


@pytest.mark.django_db
def test_bytes_are_fetched_as_bytes_and_not_as_digits():
    with connection.cursor() as cursor:
        assert isinstance(cursor.cursor, BinaryCursor)
        cursor.execute("SELECT %s::bytea, '{}'::jsonb", [b"\xe1\x01"])
        assert cursor.cursor.pgresult.get_value(0, 0) == b"\xe1\x01"
        assert json.loads(cursor.fetchone()[1]) == {}


@pytest.mark.django_db
def test_a_type_that_nobody_reads_in_binary_is_refused_and_not_given_as_bytes():
    with pytest.raises(NotSupportedError, match="cast it to text"):
        answered("SELECT pg_current_xact_id()", [])
    assert answered("SELECT pg_current_xact_id()::text", []).isdigit()


@pytest.mark.django_db
def test_several_statements_without_parameters_still_run():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1; SELECT 2")
