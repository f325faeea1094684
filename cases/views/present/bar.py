"""A case's name and the bar that stays over all its pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from cases.queries.choices import Protection
from cases.queries.rows import Case
from cases.workflow import (
    CLOSURE_REASONS,
    STANDING_NAMES,
    TRACK_NAMES,
    Stage,
    Standing,
    Track,
    as_target,
    is_ended,
    target_name,
)

PARTS = (
    ("cases:case", gettext_noop("Översikt")),
    ("cases:case_stages", gettext_noop("Skeden")),
    ("cases:case_notes", gettext_noop("Anteckningar")),
    ("cases:case_person_page", gettext_noop("Personen")),
    ("cases:case_assessments", gettext_noop("Bedömningar")),
    ("cases:case_plans", gettext_noop("Plan")),
    ("cases:case_decisions", gettext_noop("Beslut")),
    ("cases:case_cooperation", gettext_noop("Samverkan")),
    ("cases:case_documents", gettext_noop("Handlingar")),
    ("cases:case_access", gettext_noop("Åtkomst")),
)


def is_protected(case: Case) -> bool:
    """Tell whether the person's details are protected, so that the name is not shown unasked."""
    return bool(case.person.protection != Protection.NONE)


def shown_name(case: Case) -> str:
    """The name to show in lists and headings: the code name for a protected person."""
    return str(case.code_name if is_protected(case) else case.person.full_name)


def stage_name(stage: str) -> str:
    """A stage or a gate in words."""
    return _(target_name(as_target(stage)))


def track_name(track: str) -> str:
    """A track in words."""
    return _(TRACK_NAMES[Track(track)])


def identity(case: Case, *, threat: list[dict[str, str]]) -> dict[str, Any]:
    """What `components/identity_bar.html` reads; the threat stands first among the facts."""
    facts = list(threat)
    if not is_protected(case):
        facts.append({"label": _("Kodnamn"), "value": case.code_name})
    if case.is_restricted:
        facts.append({"label": _("Åtkomst"), "value": _("Begränsad till namngivna")})
    if case.next_deadline:
        facts.append({"label": _("Nästa tidsfrist"), "value": f"{case.next_deadline:%Y-%m-%d}"})
    if case.closed_on:
        facts.append({"label": _("Avslutat"), "value": f"{case.closed_on:%Y-%m-%d}"})
    if case.closure_reason:
        facts.append({"label": _("Avslutsorsak"), "value": _(CLOSURE_REASONS[case.closure_reason])})
    return {
        "number": case.number,
        "name": shown_name(case),
        "is_code_name": is_protected(case),
        "track": track_name(case.track),
        "stage": stage_name(case.stage),
        "stage_colour": "grey" if is_ended(Stage(case.stage)) else "",
        "standing": _standing(case),
        "protection": Protection(case.person.protection).label if is_protected(case) else "",
        "responsible": case.responsible.name,
        "opened": case.opened_on,
        "facts": facts,
    }


def _standing(case: Case) -> dict[str, str]:
    standing = Standing(case.standing)
    if standing == Standing.ACTIVE:
        return {}
    return {"text": _(STANDING_NAMES[standing]), "colour": "orange"}


def parts(case: Case, *, here: str) -> list[dict[str, Any]]:
    """What `components/sub_nav.html` reads."""
    return [
        {"label": _(label), "url": reverse(name, args=[case.pk]), "current": name == here}
        for name, label in PARTS
    ]
