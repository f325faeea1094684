"""The requests that another municipality takes a case over, as `components/records.html` reads them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import TransferAnswer
from cases.queries.rows import Transfer


def records(opened: Opened, transfers: list[Transfer]) -> list[dict[str, Any]]:
    """Each request with what it waits for."""
    return [_record(opened, transfer) for transfer in transfers]


def _record(opened: Opened, transfer: Transfer) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"key": _("Begärd"), "day": transfer.asked_on},
        {"key": _("Begäran"), "value": transfer.request},
        {"key": _("Den enskildes inställning"), "value": transfer.client_view},
    ]
    if transfer.referred_on:
        rows.append({"key": _("IVO tillfrågad"), "day": transfer.referred_on})
    if transfer.answer:
        said = f"{TransferAnswer(transfer.answer).label}, {transfer.answered_on:%Y-%m-%d}"
        rows.append({"key": _("Svar"), "value": f"{said}\n{transfer.answer_text}".strip()})
    if transfer.sent:
        rows.append({"key": _("Lämnades över"), "value": f"{transfer.sent_on:%Y-%m-%d}\n{transfer.sent}"})
    return {
        "title": transfer.municipality,
        "tags": [_state(transfer)],
        "rows": rows,
        "actions": _actions(opened, transfer),
    }


def _state(transfer: Transfer) -> dict[str, str]:
    if transfer.sent:
        return {"text": _("Överlämnat"), "colour": "green"}
    if transfer.answer == TransferAnswer.REFUSED:
        return {"text": _("Tar inte emot"), "colour": "grey"}
    if transfer.answer:
        return {"text": _("Kan överlämnas"), "colour": "blue"}
    if transfer.referred_on:
        return {"text": _("Hos IVO"), "colour": "orange"}
    return {"text": _("Väntar på svar"), "colour": "yellow"}


def _actions(opened: Opened, transfer: Transfer) -> list[dict[str, str]]:
    where = [opened.case.pk, transfer.pk]
    if transfer.ended_at is not None:
        return []
    if transfer.answer:
        url = reverse("cases:case_transfer_hand_over", args=where)
        return [{"label": _("Lämna över ärendet"), "url": url}] if opened.may(Question.TRANSFER) else []
    if not opened.may(Question.EDIT_CASE):
        return []
    return [
        {"label": _("Anteckna svaret"), "url": reverse("cases:case_transfer_answer", args=where)},
        {"label": _("IVO är tillfrågad"), "url": reverse("cases:case_transfer_refer", args=where)},
    ]
