"""Ties to a network stay inside one case: no list, search or other case reaches them (domain.md §4, scenario 10).

A graph across cases would be an intelligence register. The statements that touch the table are read from the pages
themselves, all of them, and the code that may name the model is read from the sources.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import NetworkTie
from cases.queries.person import Particular
from tests.addresses import ADDRESSES, Universe, ask
from tests.cast import NOW, make_case
from tests.signed_in import signed_in
from tests.universe.people import ROWS

ROOT = Path(__file__).resolve().parents[3]
TABLE = "cases_networktie"
MAY_NAME_IT = {
    "cases/models/__init__.py",
    "cases/models/relation.py",
    "cases/changelog.py",
    "cases/queries/person.py",
    "cases/queries/rows.py",
    "cases/views/present/particulars.py",
}


def test_a_tie_points_to_its_case_and_to_staff_and_to_nothing_else():
    pointed = {
        field.name: field.related_model._meta.label
        for field in NetworkTie._meta.fields
        if field.related_model
    }
    assert pointed == {"case": "cases.Case", "created_by": "accounts.User", "updated_by": "accounts.User"}
    assert NetworkTie._meta.indexes == []
    assert not any(field.unique for field in NetworkTie._meta.fields if not field.primary_key)


def test_nothing_points_to_a_tie():
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is NetworkTie and field.concrete
    ]
    assert pointing == []


def test_only_the_page_of_the_person_names_the_model():
    naming = {
        str(path.relative_to(ROOT))
        for package in ("cases", "followup", "audit", "avhopp")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and names_it(path)
    }
    assert naming == MAY_NAME_IT


def names_it(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    return "NetworkTie" in names


def test_every_statement_about_ties_is_about_one_case_and_no_list_makes_any(cast):
    universe = Universe(cast)
    other = make_case(worker=cast.worker)
    add_tie(cast.worker, other)
    own = universe.ids["own"]["case"]
    told, wrong = set(), []
    for user in (cast.worker, cast.supervisor):
        browser = signed_in(user, raise_request_exception=False)
        for name, converters in ADDRESSES:
            url = reverse(name, kwargs=universe.arguments("own", converters))
            for sql in statements(browser, url):
                told.add(name)
                if "case" not in converters or not is_about(sql, own):
                    wrong.append((name, sql))
    assert wrong == []
    assert {"cases:case_person_page", "cases:case_tie"} <= told


def statements(browser, url: str) -> list[str]:
    """The statements of a page that touch the table; what the page changed is taken back."""
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        ask(browser, url)
        transaction.set_rollback(True)
    return [query["sql"] for query in asked if TABLE in query["sql"]]


def is_about(sql: str, case) -> bool:
    tables = set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', sql))
    return tables == {TABLE} and f"\"case_id\" = '{case.hex}'::uuid" in sql


def add_tie(user, case) -> None:
    from cases.access import get_case
    from cases.actions import particulars
    from tests.cast import acting

    with acting(user) as actor:
        opened = get_case(actor=actor, case=case, at=NOW)
        particulars.add(opened=opened, particular=Particular.TIE, values=ROWS["tie"], by=actor, now=NOW)


@pytest.mark.parametrize("planted", ["join", "foreign"])
def test_the_reading_of_statements_finds_what_it_looks_for(planted):
    case, other = UUID(int=1), UUID(int=2)
    good = f'SELECT 1 FROM "{TABLE}" WHERE "{TABLE}"."case_id" = \'{case.hex}\'::uuid'
    bad = {
        "join": good.replace(" WHERE", ' INNER JOIN "cases_case" ON TRUE WHERE'),
        "foreign": good.replace(case.hex, other.hex),
    }[planted]
    assert is_about(good, case)
    assert not is_about(bad, case)
