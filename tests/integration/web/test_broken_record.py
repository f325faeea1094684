"""When the record breaks, before a page is made or while it is, the answer is 503 and nothing of the case is sent.

Real commits against a copy of the database that its owner breaks, because what fails at the end of a transaction is
seen in no test that takes its transaction back.
"""

from __future__ import annotations

import psycopg
import pytest
from django.urls import reverse
from psycopg import sql

from cases.views import frame
from tests.cast import make_case
from tests.signed_in import signed_in

CANARY = "Kanariefågelsson"
AT_THE_END = """
    CREATE FUNCTION refuse_late () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$;
    CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refuse_late ();
"""
BREAKS = {
    "the table is gone": "ALTER TABLE audit_leaf RENAME TO elsewhere",
    "nobody may write into it": "REVOKE INSERT ON audit_leaf FROM {app}",
    "a column is gone": "ALTER TABLE audit_leaf RENAME body TO elsewhere",
    "it takes nothing": "ALTER TABLE audit_leaf ADD CONSTRAINT takes_nothing CHECK (FALSE) NOT VALID",
    "what a leaf is about cannot be kept": "ALTER TABLE audit_leafsubject RENAME TO elsewhere",
    "no leaf can wait for its place": "ALTER TABLE audit_pending RENAME TO elsewhere",
    "it fails when all is rendered": AT_THE_END.replace("{table}", "audit_leaf"),
    "its index fails when all is rendered": AT_THE_END.replace("{table}", "audit_leafsubject"),
}


@pytest.fixture
def place(own_database, cast):
    return make_case(worker=cast.worker, family_name=CANARY, need=f"{CANARY} vill lämna.")


def sent(response) -> bytes:
    """Everything of an answer: its head and its body."""
    head = "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    return head.encode() + response.content


def assert_nothing_is_sent(response) -> None:
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert CANARY.encode() not in sent(response)
    assert CANARY.encode("latin-1") not in sent(response)


@pytest.mark.parametrize("broken", sorted(BREAKS))
def test_broken_record_shows_nothing_of_a_case_or_a_list(own_database, cast, place, broken):
    client = signed_in(cast.worker)
    urls = [
        reverse("cases:case", args=[place]),
        reverse("cases:list"),
        reverse("cases:case_access", args=[place]),
    ]
    assert all(CANARY in client.get(url).content.decode() for url in urls)
    with psycopg.connect(own_database.owner, autocommit=True) as owner:
        app = psycopg.conninfo.conninfo_to_dict(own_database.app)["user"]
        owner.execute(sql.SQL(BREAKS[broken].replace("{app}", "{}")).format(sql.Identifier(app)))
    for url in urls:
        assert_nothing_is_sent(client.get(url))


def test_database_that_dies_while_a_page_is_rendered_shows_nothing(own_database, cast, place, monkeypatch):
    client, rendered = signed_in(cast.worker), []
    whole = frame.render

    def render(*arguments, **options):
        answer = whole(*arguments, **options)
        rendered.append(CANARY.encode() in answer.content)
        # The application's role may fell its own connections.
        with psycopg.connect(own_database.app, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        return answer

    monkeypatch.setattr(frame, "render", render)
    assert_nothing_is_sent(client.get(reverse("cases:case", args=[place])))
    assert rendered == [True]
