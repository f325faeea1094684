"""The report as an accessible PDF, set from data that the template reads as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from avhopp.typeset import pdf
from followup.report.content import Area, Report, Series
from followup.report.method import method_notes
from followup.report.shown import PRINT, Shown, shown
from followup.report.words import period_name

TEMPLATE = Path(__file__).with_name("report.typ")


def write(report: Report) -> bytes:
    """Set the report."""
    return pdf(template=TEMPLATE, data=_content(report))


def _content(report: Report) -> dict[str, Any]:
    return {
        "title": report.agreement,
        "municipality": report.municipality,
        "parties": ", ".join(report.parties),
        "lasts": f"{report.starts_on} – {report.ends_on}",
        "decided": f"{report.decided_on}, {report.decided_by}",
        "purpose": report.purpose,
        "issues": [
            {"number": str(issue.number), "period": period_name(issue.period), "day": f"{issue.at:%Y-%m-%d}"}
            for issue in report.issues
        ],
        "areas": [_area(area, report) for area in report.areas],
        "notes": method_notes(report),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "report": _("Uppföljning"),
        "parties": _("Parter"),
        "lasts": _("Gäller"),
        "decided": _("Beslutad"),
        "area": _("Insatsområde"),
        "measures": _("Åtgärder"),
        "measure": _("Åtgärd"),
        "responsible": _("Ansvarig"),
        "state": _("Läge"),
        "period": _("Period"),
        "figure": _("Siffra"),
        "means": _("Betyder"),
        "target": _("Mål"),
        "source": _("Källa"),
        "category": _("Kategori"),
        "method": _("Så är siffrorna gjorda"),
        "silent": _("Ingen redovisning ännu."),
        "released": _("Redovisningar"),
        "number": _("Nummer"),
        "day": _("Dag"),
    }


def _area(area: Area, report: Report) -> dict[str, Any]:
    return {
        "number": str(area.number),
        "text": area.text,
        "texts": [{"period": period_name(text.period), "text": text.text} for text in area.texts[:1]],
        "measures": [
            {"text": m.text, "responsible": m.responsible or "–", "state": m.state} for m in area.measures
        ],
        "series": [_series(series, report) for series in area.series],
    }


def _series(series: Series, report: Report) -> dict[str, Any]:
    told = shown(series, report)
    return {
        "name": series.name,
        "unit": series.unit,
        "definition": series.definition,
        "source": series.source,
        "target": series.target,
        "comment": series.comment,
        "picture": _picture(told),
        "alt": f"{told.title}. {told.description}",
        "columns": told.columns if series.is_distribution else [],
        "rows": [
            {"name": row.name, "cells": [{"text": c.text or "–", "words": c.words} for c in row.cells]}
            for row in told.rows
        ],
    }


def _picture(told: Shown) -> str:
    if told.bars is not None:
        return render_to_string("followup/bars.svg", {"shown": told, "bars": told.bars, "colour": PRINT})
    if told.chart is not None:
        return render_to_string("followup/chart.svg", {"shown": told, "chart": told.chart, "colour": PRINT})
    return ""
