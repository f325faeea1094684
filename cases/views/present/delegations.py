"""The order of delegation and what was decided on it, as tables. Nothing here is about a client."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.queries.rows import Decision, Delegation, LegalBasis
from cases.views.present.catalogue import in_order
from cases.views.present.drafts import author


def table(delegations: list[Delegation], *, law: dict[str, LegalBasis], today: date) -> dict[str, Any]:
    """What `components/table.html` reads: those in force first, then those to come, then the rest."""
    ordered = sorted(
        delegations, key=lambda found: (_rank(found, today), in_order(law[found.provision].place))
    )
    return {
        "columns": _columns(_("Lagrum"), _("Vem får besluta"), _("Gäller"), _("Läge")),
        "rows": [
            [
                {
                    "text": law[found.provision].place,
                    "url": reverse("cases:delegation", args=[found.pk]),
                },
                {"text": _delegate(found.delegate.name, found)},
                {"text": period(found), "nowrap": True},
                state(found, today=today),
            ]
            for found in ordered
        ],
    }


def rows(delegation: Delegation, *, law: dict[str, LegalBasis]) -> list[dict[str, Any]]:
    """Everything that a delegation says."""
    found: list[dict[str, Any]] = [
        {"key": _("Lagrum"), "value": str(law[delegation.provision])},
        {"key": _("Får besluta"), "value": author(delegation.delegate)},
        {"key": _("Gäller"), "value": period(delegation)},
        {"key": _("Villkor"), "value": delegation.note},
        {"key": _("Given av"), "value": delegation.given_by.name},
        {"key": _("Given"), "day": delegation.given_at},
    ]
    if delegation.deputy_for:
        found.insert(2, {"key": _("Ersättare för"), "value": delegation.deputy_for.name})
    return found


def state(delegation: Delegation, *, today: date) -> dict[str, str]:
    """Whether something may be decided on it today, in words."""
    if delegation.is_in_force(today):
        return {"tag": _("Gäller"), "colour": "green"}
    if is_coming(delegation, today=today):
        return {"tag": _("Kommande"), "colour": "blue"}
    return {"tag": _("Har upphört"), "colour": "grey"}


def period(delegation: Delegation) -> str:
    """From when to when, in words; a withdrawal says its day."""
    if delegation.withdrawn_on is not None:
        return _("%(first)s, återkallad från %(day)s") % {
            "first": f"{delegation.starts_on:%Y-%m-%d}",
            "day": f"{delegation.withdrawn_on:%Y-%m-%d}",
        }
    last = f"{delegation.ends_on:%Y-%m-%d}" if delegation.ends_on else _("tills vidare")
    return f"{delegation.starts_on:%Y-%m-%d} – {last}"


def is_coming(delegation: Delegation, *, today: date) -> bool:
    """Tell whether it has not begun yet and has not been withdrawn."""
    return delegation.starts_on > today and delegation.withdrawn_on is None


def delegated(decisions: list[Decision], *, month: date) -> dict[str, Any]:
    """The decisions of a month for the committee, with the months beside it."""
    address = reverse("cases:delegated")
    return {
        "month": month,
        "before": f"{address}?manad={month - relativedelta(months=1):%Y-%m}",
        "after": f"{address}?manad={month + relativedelta(months=1):%Y-%m}",
        "columns": _columns(_("Beslutsnummer"), _("Lagrum"), _("Beslutsdatum"), _("Beslutat av")),
        "rows": [
            [
                {"text": decision.number},
                {"text": str(decision.legal_basis)},
                {"day": decision.decided_on},
                {"text": _decider(decision)},
            ]
            for decision in decisions
        ],
    }


def _decider(decision: Decision) -> str:
    assert decision.signed_by is not None
    name = author(decision.signed_by)
    return _delegate(name, decision.delegation) if decision.delegation else name


def _delegate(name: str, delegation: Delegation) -> str:
    if delegation.deputy_for is None:
        return name
    return _("%(name)s, ersättare för %(other)s") % {"name": name, "other": delegation.deputy_for.name}


def _rank(delegation: Delegation, today: date) -> int:
    if delegation.is_in_force(today):
        return 0
    return 1 if is_coming(delegation, today=today) else 2


def _columns(*labels: str) -> list[dict[str, str]]:
    return [{"label": label} for label in labels]
