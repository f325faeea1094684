"""What has been changed in a case from what to what, for whoever reads the case. Takes a case that the gate has opened.

Only tables whose rows are shown whole to everybody who reads the case are told of here; what some of them may not see
on its own page, they must not read in its history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Field, Model

from audit.changes import ChangeEntry
from avhopp.accounts.models import Unit, User
from cases.access import Opened
from cases.models import (
    Alias,
    Case,
    ContactChannel,
    EarlierNumber,
    Guardian,
    Person,
    Relation,
    Representative,
)
from cases.models.unmasking import FieldGroup

PAGE = 25
SHOWN: dict[str, type[Model]] = {
    model._meta.label_lower: model
    for model in (
        Alias,
        Case,
        ContactChannel,
        EarlierNumber,
        Guardian,
        Person,
        Relation,
        Representative,
    )
}
# Numbers by which the program finds rows, and the index that tells persons apart, say nothing to a reader.
LEFT_OUT = frozenset({"id", "case", "person", "related_to", "workflow", "intake_bucket", "next_deadline"})
NAMED: dict[str, type[Model]] = {"responsible": User, "unit": Unit}
_NOTHING = frozenset({"None", ""})


@dataclass(frozen=True, slots=True)
class Value:
    """One field: what it is called, and what stood there before and after; empty when nothing did."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to one row at one time; `action` is added, changed or removed."""

    at: datetime
    who: str
    table: str
    action: str
    values: tuple[Value, ...]


ACTIONS = {0: "added", 1: "changed", 2: "removed"}


def change_page(opened: Opened, *, number: str) -> tuple[Page[ChangeEntry], list[Change]]:
    """One page of what has been changed, newest first; raises `Masked` while anything of the person is not shown."""
    opened.demand_shown(*FieldGroup)
    entries = ChangeEntry.objects.filter(
        scope__in=[opened.case.pk, opened.case.person_id], object_repr__in=list(SHOWN)
    ).select_related("actor")
    page = Paginator(entries.order_by("-timestamp", "-pk"), PAGE).get_page(number)
    return page, [_change(entry) for entry in page.object_list]


def _change(entry: ChangeEntry) -> Change:
    action = ACTIONS.get(entry.action, "changed")
    model = SHOWN[entry.object_repr]
    # What a new row held stands on its own page; the history tells what has become of it.
    values = tuple(_values(model, entry.changes)) if action == "changed" else ()
    return Change(entry.timestamp, entry.actor.name if entry.actor else "", entry.object_repr, action, values)


def _values(model: type[Model], changes: dict[str, list[str]]) -> Iterator[Value]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name, (before, after) in sorted(changes.items()):
        field = fields.get(name)
        if field is not None and name not in LEFT_OUT:
            yield Value(str(field.verbose_name), _said(field, before), _said(field, after))


def _said(field: Field, value: str) -> str:  # type: ignore[type-arg]
    if value in _NOTHING:
        return ""
    named = NAMED.get(field.name)
    if named is not None:
        return str(named._default_manager.filter(pk=value).values_list("name", flat=True).first() or "")
    choices = {str(code): str(label) for code, label in field.flatchoices}
    return choices.get(value, value)
