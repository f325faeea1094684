"""The unit's providers: a table with what does not hold in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.catalogue.provider_rules import RULES, Answer, answer
from cases.queries.choices import ProviderKind
from cases.queries.rows import Provider


def table(providers: list[Provider], *, today: date) -> dict[str, Any]:
    """What `components/table.html` reads."""
    labels = (_("Utförare"), _("Slag"), _("Avtal till"), _("Tillstånd till"), _("Kontrollerad"), _("Läge"))
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [_row(provider, today) for provider in providers],
        "today": today,
    }


def state(provider: Provider, *, on: date) -> dict[str, str]:
    """Whether somebody may be placed with the provider that day, and if not, why."""
    faults = provider.faults(on)
    if not faults:
        return {"tag": _("Kan väljas"), "colour": "green"}
    blocks = answer(faults, is_placement=True) == Answer.BLOCK
    words = ", ".join(_(RULES[fault].text) for fault in faults)
    return {"tag": words, "colour": "red" if blocks else "yellow"}


def _row(provider: Provider, today: date) -> list[dict[str, Any]]:
    if provider.needs_permit:
        permit = {"day": provider.permit_until} if provider.permit_until else {"text": _("Tills vidare")}
    else:
        permit = {"text": _("Krävs inte")}
    return [
        {"text": provider.name, "url": reverse("cases:provider", args=[provider.pk])},
        {"text": ProviderKind(provider.kind).label},
        {"day": provider.contract_to} if provider.contract_to else {"text": _("Tills vidare")},
        permit,
        {"day": provider.checked_on} if provider.checked_on else {"text": "–"},
        state(provider, on=today),
    ]
