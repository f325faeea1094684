"""What stands outside the cases, in words: the three lists, and one of each. No client is named in any of it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from cases.queries.choices import (
    RECIPIENTS,
    Against,
    DeviationKind,
    IncidentKind,
    PoliceReport,
    Severity,
    UnitAnswer,
)
from cases.queries.rows import Deviation, Incident, UnitRequest
from cases.views.present.tables import stamp

PARTS = (
    ("cases:incidents", gettext_noop("Hot och våld")),
    ("cases:deviations", gettext_noop("Avvikelser")),
    ("cases:unit_requests", gettext_noop("Begäran utan ärende")),
)
COLOURS = {Severity.SERIOUS: "red", Severity.NOT_JUDGED: "yellow"}


def incidents(page: Page[Incident], *, closed: bool) -> dict[str, Any]:
    """One page of threat incidents."""
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": stamp(row.occurred_at), "url": reverse("cases:incident", args=[row.pk])},
            {"text": IncidentKind(row.kind).label},
            {"text": Against(row.against).label},
            {"text": row.created_by.name},
            _police(row),
        ]
        for row in page.object_list
    ]
    columns = (_("När"), _("Vad"), _("Mot"), _("Anmäld av"), _("Polisanmälan"))
    return {
        **_listed(page, rows, columns, "cases:incidents"),
        **_closable(_("Hot och våld"), "cases:incidents", closed),
        "new_url": reverse("cases:incident_new"),
        "new_label": _("Anmäl hot eller våld"),
    }


def deviations(page: Page[Deviation], *, closed: bool) -> dict[str, Any]:
    """One page of deviations."""
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": f"{row.happened_on:%Y-%m-%d}", "url": reverse("cases:deviation", args=[row.pk])},
            {"text": DeviationKind(row.kind).label},
            {"text": row.created_by.name},
            _severity(row),
        ]
        for row in page.object_list
    ]
    columns = (_("När"), _("Slag"), _("Anmäld av"), _("Bedömning"))
    return {
        **_listed(page, rows, columns, "cases:deviations"),
        **_closable(_("Avvikelser"), "cases:deviations", closed),
        "new_url": reverse("cases:deviation_new"),
        "new_label": _("Anmäl en avvikelse"),
    }


def requests(page: Page[UnitRequest]) -> dict[str, Any]:
    """One page of requests without a case."""
    names = dict(RECIPIENTS)
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": f"{row.received_on:%Y-%m-%d}", "url": reverse("cases:unit_request", args=[row.pk])},
            {"text": names[row.receiver]},
            {"text": UnitAnswer(row.answer).label},
            {"text": row.created_by.name},
        ]
        for row in page.object_list
    ]
    columns = (_("Kom in"), _("Från"), _("Svar"), _("Antecknad av"))
    return {
        **_listed(page, rows, columns, "cases:unit_requests"),
        "title": _("Begäran utan ärende"),
        "lead": _(
            "Frågor som inte gäller en viss person, till exempel alla som är kopplade till ett nätverk."
        ),
        "new_url": reverse("cases:unit_request_new"),
        "new_label": _("Ny begäran"),
        "empty": _("Ingen begäran är antecknad"),
    }


def incident(row: Incident) -> dict[str, Any]:
    """One threat incident, with all that was written."""
    rows: list[dict[str, Any]] = [
        {"key": _("När"), "day": row.occurred_at},
        {"key": _("Vad"), "value": IncidentKind(row.kind).label},
        {"key": _("Mot"), "value": Against(row.against).label},
        {"key": _("Var"), "value": row.place},
        {"key": _("Beskrivning"), "value": row.text},
        {"key": _("Gjordes genast"), "value": row.at_once},
        {"key": _("Personalens säkerhet"), "value": row.safety},
        {
            "key": _("Polisanmälan"),
            "value": f"{PoliceReport(row.police).label} {row.police_reference}".strip(),
        },
        {"key": _("Åtgärder"), "value": row.measures},
    ]
    return _one(
        row,
        _("Hot och våld"),
        rows,
        back="cases:incidents",
        close="cases:incident_close",
        closed=row.closed_at,
    )


def deviation(row: Deviation) -> dict[str, Any]:
    """One deviation, with all that was written."""
    rows: list[dict[str, Any]] = [
        {"key": _("När"), "day": row.happened_on},
        {"key": _("Slag"), "value": DeviationKind(row.kind).label},
        {"key": _("Vad hände"), "value": row.text},
        {"key": _("Följder"), "value": row.consequences},
        {"key": _("Gjordes genast"), "value": row.at_once},
        {"key": _("Orsaker"), "value": row.causes},
        {"key": _("Åtgärder"), "value": row.measures},
        {"key": _("Bedömning"), "value": Severity(row.severity).label},
        {"key": _("Anmält till IVO"), "day": row.reported_on, "value": "–"},
    ]
    return _one(
        row,
        _("Avvikelse"),
        rows,
        back="cases:deviations",
        close="cases:deviation_close",
        closed=row.closed_at,
    )


def request(row: UnitRequest) -> dict[str, Any]:
    """One request without a case, and its answer."""
    rows: list[dict[str, Any]] = [
        {"key": _("Kom in"), "day": row.received_on},
        {"key": _("Från"), "value": f"{dict(RECIPIENTS)[row.receiver]}\n{row.receiver_name}"},
        {"key": _("Efterfrågas"), "value": row.what},
        {"key": _("Svar"), "value": UnitAnswer(row.answer).label},
        {"key": _("Svaret i ord"), "value": row.answer_text},
    ]
    return _one(row, _("Begäran utan ärende"), rows, back="cases:unit_requests", close="", closed=None)


def _one(
    row: Incident | Deviation | UnitRequest,
    title: str,
    rows: list[dict[str, Any]],
    *,
    back: str,
    close: str,
    closed: Any,
) -> dict[str, Any]:
    rows.append({"key": _("Antecknad av"), "value": f"{row.created_by.name}, {stamp(row.created_at)}"})
    if closed:
        rows.append({"key": _("Avslutad"), "day": closed})
    found: dict[str, Any] = {"title": title, "rows": rows, "parts": _parts(back)}
    if close:
        found["close_url"] = reverse(close, args=[row.pk])
    return found


def _listed(
    page: Page[Any], rows: list[list[dict[str, Any]]], columns: tuple[str, ...], here: str
) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "page_numbers": list(numbers),
        "rows": rows,
        "columns": [{"label": label} for label in columns],
        "parts": _parts(here),
    }


def _closable(title: str, here: str, closed: bool) -> dict[str, Any]:
    address = reverse(here)
    return {
        "title": title,
        "lead": _("Står utanför alla ärenden. Den som har anmält och enhetens arbetsledare läser det."),
        "tabs": [
            {"label": _("Öppna"), "url": address, "current": not closed},
            {"label": _("Avslutade"), "url": f"{address}?visa=avslutade", "current": closed},
        ],
        "empty": _("Inget är avslutat") if closed else _("Inget är öppet"),
    }


def _parts(here: str) -> list[dict[str, Any]]:
    return [{"label": _(label), "url": reverse(name), "current": name == here} for name, label in PARTS]


def _police(row: Incident) -> dict[str, Any]:
    waits = row.police == PoliceReport.PLANNED and row.closed_at is None
    return {"tag": PoliceReport(row.police).label, "colour": "yellow" if waits else "grey"}


def _severity(row: Deviation) -> dict[str, Any]:
    severity = Severity(row.severity)
    return {"tag": severity.label, "colour": "grey" if row.closed_at else COLOURS.get(severity, "grey")}
