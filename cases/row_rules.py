"""Tells the database which rows of the programme exist for whom, table by table, from what each model says of itself.

The ground is always a grant in force of an open account, as in `cases/access.py`, which tests hold it to. A row of a
case is there with its case, a row of a person with any case of hers, what a unit keeps outside all cases with the unit.
No model is named here that could be found; a new one gets its rule, or fails the metatest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, LiteralString, cast

from django.apps.registry import Apps
from django.db import models

from audit.changes import ChangeEntry
from avhopp.accounts.roles import RIGHTS, Right
from avhopp.database import rows
from avhopp.database.rows import MADE, MOMENT, WHO, Rule
from cases.models import (
    BirthDateWatch,
    Case,
    CaseGrant,
    Consent,
    ContactChannel,
    Decision,
    Disclosure,
    DisposalCertificate,
    EmergencyAccess,
    Enquiry,
    HomeAddress,
    KeepApart,
    ListedCase,
    Meeting,
    Person,
    Recusal,
    RegisterImport,
    StageRequest,
    Task,
)
from cases.models.row import UnitRow

_READS = ", ".join(f"'{role}'" for role, rights in sorted(RIGHTS.items()) if Right.READ_CASES in rights)
# Asks the table of grants past its own rule, which asks this.
SEES: LiteralString = f"""
CREATE OR REPLACE FUNCTION avhopp_sees(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (
        SELECT FROM cases_casegrant JOIN accounts_user ON accounts_user.id = user_id
        WHERE content_object_id = wanted AND user_id = {WHO}
          AND starts_at <= {MOMENT} AND expires_at > {MOMENT} AND is_active AND role IN ({_READS})
    ) OR coalesce(wanted = ANY ({MADE}), FALSE)
$$
"""  # noqa: S608 - developers' text alone
# An emergency opens a case of her own unit to somebody who is not recused from it.
MAY_ENTER: LiteralString = f"""
CREATE OR REPLACE FUNCTION avhopp_may_enter(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (
        SELECT FROM cases_case JOIN accounts_user ON accounts_user.unit_id = cases_case.unit_id
        WHERE cases_case.id = wanted AND NOT is_restricted AND accounts_user.id = {WHO}
          AND is_active AND role IN ({_READS})
          AND NOT EXISTS (SELECT FROM cases_recusal WHERE case_id = wanted AND user_id = {WHO})
    )
$$
"""  # noqa: S608 - developers' text alone
_GRANTED: LiteralString = (
    "EXISTS (SELECT FROM cases_casegrant AS held JOIN accounts_user ON accounts_user.id = held.user_id"
    f" WHERE held.content_object_id = {{column}} AND held.user_id = {WHO}"
    f" AND held.starts_at <= {MOMENT} AND held.expires_at > {MOMENT}"
    f" AND accounts_user.is_active AND accounts_user.role IN ({_READS}))"
    f" OR coalesce({{column}} = ANY ({MADE}), FALSE)"
)
_OF_PERSON: LiteralString = (
    "EXISTS (SELECT FROM cases_case AS hers WHERE hers.person_id = {column})"
    f" OR coalesce({{column}} = ANY ({MADE}), FALSE)"
)
_OF_UNIT: LiteralString = (
    "EXISTS (SELECT FROM accounts_user AS who"
    f" WHERE who.id = {WHO} AND who.unit_id = {{table}}.unit_id AND who.is_active AND who.role IN ({_READS}))"
)
_OWN: LiteralString = f"user_id = {WHO} OR avhopp_sees(content_object_id)"
# Nobody gives herself access to what she does not see, but for the short and read-only way in that is told of.
_GIVES: LiteralString = (
    f"avhopp_sees(content_object_id) OR (basis = 'emergency' AND user_id = {WHO} AND granted_by_id = {WHO}"
    " AND avhopp_may_enter(content_object_id))"
)
EMERGENCY, COLLISION, DECOY = "find_for_emergency", "look_for_collision", "look_for_decoy"
# The jobs that look at more than one person may, while a page waits for them.
JOBS: dict[type[models.Model], frozenset[str]] = {
    Case: frozenset(
        {
            "compare_for_review",
            "compare_persons",
            "draw_number",
            COLLISION,
            DECOY,
            "end_access",
            EMERGENCY,
            "note_first_meeting",
            "refuse",
            "search_log",
        }
    ),
    CaseGrant: frozenset({"end_access", "search_log"}),
    Consent: frozenset({DECOY}),
    ContactChannel: frozenset({"compare_for_review"}),
    Decision: frozenset({DECOY}),
    Disclosure: frozenset({DECOY}),
    EmergencyAccess: frozenset({EMERGENCY}),
    Enquiry: frozenset({DECOY}),
    HomeAddress: frozenset({"compare_for_review", "end_access"}),
    KeepApart: frozenset({COLLISION}),
    Meeting: frozenset({COLLISION}),
    Person: frozenset({"compare_for_review", "compare_persons"}),
    Recusal: frozenset({"compare_for_review", EMERGENCY}),
    StageRequest: frozenset({DECOY}),
    Task: frozenset({"note_first_meeting"}),
}


def register() -> None:
    """Give the database its rules; called once when the application starts."""
    rows.register(rules=rules, functions=(SEES, MAY_ENTER))


def rules(apps: Apps) -> Mapping[str, Rule]:
    """The rule of each table that hangs on a case, a person or a unit."""
    found = {model: sees for model in apps.get_models(include_auto_created=True) if (sees := _sees(model))}
    found[ChangeEntry] = _of_any_scope(found)
    return {
        model._meta.db_table: Rule(
            sees=sees, writes=_GIVES if model is CaseGrant else "", jobs=JOBS.get(model, frozenset())
        )
        for model, sees in found.items()
    }


def _sees(model: type[models.Model]) -> str:
    table = model._meta.db_table
    if model is CaseGrant:
        return _OWN
    if model is ListedCase:
        return f"user_id = {WHO} AND starts_at <= {MOMENT} AND expires_at > {MOMENT}"
    if model is HomeAddress:
        return f"account_id = {WHO}"
    if model is RegisterImport:
        return f"created_by_id = {WHO}"
    live = cast(Any, getattr(model, "instance_type", model))
    if issubclass(live, UnitRow | Enquiry | DisposalCertificate):
        return _OF_UNIT.format(table=table)
    scope = getattr(live, "sealed_scope", "case_id" if model is BirthDateWatch else "")
    if live is Case or (scope == "case_id" and _has(model, "case")):
        return _GRANTED.format(column=f"{table}.{'id' if live is Case else 'case_id'}")
    if live is Person or (scope == "person_id" and _has(model, "person")):
        return _OF_PERSON.format(column=f"{table}.{'id' if live is Person else 'person_id'}")
    return ""


def _has(model: type[models.Model], field: str) -> bool:
    return any(found.name == field for found in model._meta.concrete_fields)


def _of_any_scope(found: Mapping[type[models.Model], str]) -> str:
    """A change is there with what it changed, which its scope names: a case, a person, or a row under its own key."""
    scope = f"{ChangeEntry._meta.db_table}.scope"
    own = [
        model
        for model in found
        if getattr(model, "sealed_scope", "") == "id" and not hasattr(model, "instance_type")
    ]
    there = [f"EXISTS (SELECT FROM {model._meta.db_table} AS it WHERE it.id = {scope})" for model in own]
    return " OR ".join([*there, f"coalesce({scope} = ANY ({MADE}), FALSE)"])
