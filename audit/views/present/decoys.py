"""The decoys in rows, and one alert with what the log says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.decoys import rows
from audit.decoys.rows import Decoy, DecoyAlert, DecoyState
from audit.events import Actor
from avhopp.accounts.queries import accounts

COLOURS = {
    DecoyState.WAITING: "yellow",
    DecoyState.WATCHED: "green",
    DecoyState.DECLINED: "grey",
    DecoyState.ENDED: "grey",
}


def overview(*, decoys: Sequence[Decoy], actor: Actor, form: Any) -> dict[str, Any]:
    """The page Lockärenden."""
    names = {account.pk: account.name for account in accounts()}
    numbers = {decoy.pk: decoy.named["number"] for decoy in decoys}
    found = rows.alerts(decoys=decoys)
    return {
        "form": form,
        "waiting": [_waiting(decoy, actor) for decoy in decoys if decoy.state == DecoyState.WAITING],
        "alarms": [_alarm(each, numbers, names) for each in found if each.handled_at is None],
        "columns": [
            {"label": label}
            for label in (_("Ärende"), _("Läge"), _("Begärd"), _("Godkänd"), _("Känner till"))
        ],
        "rows": [_row(decoy, names) for decoy in decoys if decoy.state != DecoyState.WAITING],
        "watched": [decoy for decoy in decoys if decoy.state == DecoyState.WATCHED],
        "handled_columns": [
            {"label": label} for label in (_("Larm"), _("Ärende"), _("Vem"), _("Uppföljt av"))
        ],
        "handled": [_handled(each, numbers, names) for each in found if each.handled_at],
    }


def alert(*, alert: DecoyAlert, form: Any) -> dict[str, Any]:
    """One alert: who, when, and the leaf that tells of it."""
    names = {account.pk: account.name for account in accounts()}
    return {
        "alert": alert,
        "who": names.get(UUID(alert.seen["person"]), ""),
        "at": datetime.fromisoformat(alert.seen["at"]),
        "number": alert.decoy.named["number"],
        "leaf_url": reverse("audit:leaf", args=[alert.seen["leaf"]]),
        "form": form,
    }


def _waiting(decoy: Decoy, actor: Actor) -> dict[str, Any]:
    return {"decoy": decoy, "number": decoy.named["number"], "is_own": decoy.asked_by_id == actor.user}


def _alarm(alert: DecoyAlert, numbers: dict[UUID, str], names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "title": _("%(name)s har öppnat lockärendet %(number)s")
        % {"name": names.get(UUID(alert.seen["person"]), ""), "number": numbers[alert.decoy_id]},
        "url": reverse("audit:decoy_alert", args=[alert.pk]),
        "at": datetime.fromisoformat(alert.seen["at"]),
    }


def _row(decoy: Decoy, names: dict[UUID, str]) -> list[dict[str, Any]]:
    known_to = [names.get(UUID(person), "") for person in decoy.named["known_to"]]
    return [
        {"text": decoy.named["number"]},
        {"tag": DecoyState(decoy.state).label, "colour": COLOURS[DecoyState(decoy.state)]},
        {"day": decoy.asked_at, "sub": decoy.asked_by.name},
        {"day": decoy.decided_at, "sub": decoy.decided_by.name if decoy.decided_by else ""},
        {"text": ", ".join(known_to) or "–"},
    ]


def _handled(alert: DecoyAlert, numbers: dict[UUID, str], names: dict[UUID, str]) -> list[dict[str, Any]]:
    at = datetime.fromisoformat(alert.seen["at"])
    return [
        {"day": at},
        {"text": numbers[alert.decoy_id], "url": reverse("audit:decoy_alert", args=[alert.pk])},
        {"text": names.get(UUID(alert.seen["person"]), "")},
        {"text": alert.handled_by.name if alert.handled_by else ""},
    ]
