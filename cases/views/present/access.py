"""Who may read a case, who has read it, and on which ground."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import FOREVER, Basis, RecusalGround
from cases.queries.rows import CaseGrant, Reading, Recusal
from cases.views.present.file import sentence


def grants(opened: Opened, rows: list[CaseGrant], *, now: datetime) -> list[dict[str, Any]]:
    """What `components/grants.html` reads, those in force first."""
    may_end = bool(opened.may(Question.GRANT_ACCESS))
    ordered = sorted(rows, key=lambda grant: (grant.expires_at <= now, grant.starts_at))
    return [_grant(opened, grant, now, may_end) for grant in ordered]


def _grant(opened: Opened, grant: CaseGrant, now: datetime, may_end: bool) -> dict[str, Any]:
    is_over = grant.expires_at <= now
    found: dict[str, Any] = {
        "name": grant.user.name,
        "role": _(grant.user.role_name),
        "basis": Basis(grant.basis).label,
        "starts": grant.starts_at,
        "ends": None if grant.expires_at == FOREVER else grant.expires_at,
        "by": grant.granted_by.name,
        "state": _("Har upphört") if is_over else _("Gäller"),
        "colour": "grey" if is_over else "green",
    }
    if may_end and not is_over:
        found["end_url"] = reverse("cases:case_access_end", args=[opened.case.pk, grant.pk])
        found["end_label"] = _("Avsluta")
    return found


def recusals(rows: list[Recusal]) -> list[dict[str, Any]]:
    """The recusals, as `components/record.html` reads them."""
    return [
        {
            "id": f"n-{row.pk}",
            "title": row.user.name,
            "tags": [{"text": _("Jävig"), "colour": "red"}],
            "sub": _("Antecknat %(day)s av %(who)s.")
            % {"day": f"{timezone.localdate(row.created_at):%Y-%m-%d}", "who": row.created_by.name},
            "rows": [
                {"key": key, "value": value}
                for key, value in ((_("Varför"), RecusalGround(row.ground).label), (_("Kommentar"), row.text))
                if value
            ],
        }
        for row in rows
    ]


def readings(page: list[Reading]) -> list[dict[str, Any]]:
    """What `components/reads.html` reads; the same act by the same person on one day is one line with its number."""
    found = []
    for (_day, who, _event), group in groupby(page, key=_alike):
        same = list(group)
        number = len(same)
        what = sentence(same[0])
        if number > 1:
            times = ngettext("%(n)s gång", "%(n)s gånger", number) % {"n": number}
            what = f"{what} ({times})"
        if same[0].about and same[0].about != who:
            what = f"{what}: {same[0].about}"
        found.append(
            {
                "name": who or _(same[0].role_name),
                "role": _(same[0].role_name),
                "what": what,
                "basis": _(same[0].basis_name) or "–",
                "at": same[0].at,
                "flag": _("Nekat") if same[0].event.kind == "refusal" else "",
            }
        )
    return found


def _alike(reading: Reading) -> tuple[Any, str, tuple[str, str, str]]:
    return timezone.localdate(reading.at), reading.who, (reading.event.code, reading.basis, reading.about)
