"""Tells the database which rows a destroyed file consists of, read from the models, and what it must ask first."""

from __future__ import annotations

from typing import Any, LiteralString, cast

from django.apps.registry import Apps
from django.db import models

from audit.changes import ChangeEntry
from audit.models import LeafSubject
from avhopp.database import erasing
from cases.models import Case, Person

# All of a person's files go together, each proposed by one and approved by another, and none is held.
DEMANDS: LiteralString = """
    NOT EXISTS (
        SELECT FROM cases_case AS c WHERE (c.id = ANY(scopes) OR c.person_id = ANY(scopes)) AND NOT (
            c.id = ANY(scopes) AND c.person_id = ANY(scopes)
            AND EXISTS (SELECT FROM cases_disposal AS d WHERE d.case_id = c.id AND d.state = 'approved'
                        AND d.decided_by_id <> d.created_by_id)
            AND NOT EXISTS (SELECT FROM cases_retentionhold AS h WHERE h.case_id = c.id AND h.lifted_at IS NULL)
        )
    ) AND NOT EXISTS (
        SELECT FROM cases_enquiry AS e WHERE e.case_id = ANY(scopes) AND NOT e.id = ANY(scopes)
    )
"""


def register() -> None:
    """Tell the function that destroys; called once when the application starts."""
    erasing.register(columns=columns, demands=DEMANDS)


def columns(apps: Apps) -> list[tuple[str, str]]:
    """Each table of a file with the column that names its case, its person, or the scope itself."""
    found = [
        (model._meta.db_table, column)
        for model in apps.get_models(include_auto_created=True)
        if (column := _column(model))
    ]
    scopes = [(model._meta.db_table, "scope") for model in (ChangeEntry, LeafSubject)]
    return sorted([*found, *scopes])


def _column(model: type[models.Model]) -> str:
    live = cast(Any, getattr(model, "instance_type", model))
    if live in (Case, Person):
        return "id"
    # What only points to another's file keeps a number that leads nowhere.
    of_the_file = ("case", "person", "content_object")
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.related_model in (Case, Person) and field.name in of_the_file
    ]
    return str(fields[0].column) if fields else ""
