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
from cases.policies import QUESTION_NAMES, Question
from cases.queries.choices import (
    FOREVER,
    Basis,
    EmergencyReason,
    EmergencyVerdict,
    RecusalGround,
    RestrictionGround,
)
from cases.queries.rows import CaseGrant, EmergencyAccess, Reading, Recusal, Restriction, WithoutNames
from cases.views.present.file import sentence


def mine(opened: Opened, rows: list[CaseGrant], *, now: datetime) -> list[str]:
    """Why the reader sees the case: each of her accesses in force, in a sentence."""
    return [
        _("%(basis)s sedan %(day)s, beviljat av %(who)s.")
        % {"basis": Basis(row.basis).label, "day": _moment(row.starts_at), "who": row.granted_by.name}
        for row in rows
        if row.user_id == opened.actor.user and row.starts_at <= now < row.expires_at
    ]


def allowed(opened: Opened) -> list[dict[str, Any]]:
    """What the reader may do in the case, and why not, as `components/summary_list.html` reads it."""
    answers = [(_(name), opened.may(question)) for question, name in QUESTION_NAMES.items()]
    return [
        {"key": name, "value": _("Ja") if verdict else _("Nej. %(why)s") % {"why": _(str(verdict.refusal))}}
        for name, verdict in answers
    ]


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


def restrictions(opened: Opened, rows: list[Restriction]) -> list[dict[str, Any]]:
    """The restrictions, as `components/record.html` reads them."""
    return [_restriction(opened, row) for row in rows]


def _restriction(opened: Opened, row: Restriction) -> dict[str, Any]:
    colour = "grey" if row.lifted_by else "red"
    found: dict[str, Any] = {
        "id": f"n-{row.pk}",
        "title": _("Begränsat till namngivna"),
        "tags": [{"text": _("Hävd") if row.lifted_by else _("Gäller"), "colour": colour}],
        "sub": _("Sedan %(day)s, av %(who)s.") % {"day": _moment(row.created_at), "who": row.created_by.name},
        "rows": [
            {"key": key, "value": value}
            for key, value in ((_("Varför"), RestrictionGround(row.ground).label), (_("Kommentar"), row.text))
            if value
        ],
    }
    if row.lifted_by is None and opened.may(Question.GRANT_ACCESS):
        url = reverse("cases:case_restriction_lift", args=[opened.case.pk])
        found["actions"] = [{"label": _("Häv begränsningen"), "url": url}]
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


def emergencies(opened: Opened, rows: list[EmergencyAccess]) -> list[dict[str, Any]]:
    """The emergency accesses, as `components/record.html` reads them; a leader finds the way to the review."""
    may_review = bool(opened.may(Question.REVIEW_EMERGENCY))
    return [_emergency(opened, row, may_review and row.created_by_id != opened.actor.user) for row in rows]


def _emergency(opened: Opened, row: EmergencyAccess, may_review: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"n-{row.pk}",
        "title": row.created_by.name,
        "tags": [{"text": _("Nödåtkomst"), "colour": "red"}],
        "sub": _("Från %(start)s, som längst till %(end)s.")
        % {"start": _moment(row.created_at), "end": _moment(row.ends_at)},
        "rows": [
            {"key": _("Varför"), "value": EmergencyReason(row.reason).label},
            {"key": _("Vad hade hänt"), "value": row.text},
        ],
    }
    if row.reviewed_by is None:
        found["tags"].append({"text": _("Väntar på granskning"), "colour": "orange"})
        if may_review:
            url = reverse("cases:emergency_review", args=[opened.case.pk, row.pk])
            found["actions"] = [{"label": _("Granska"), "url": url}]
        return found
    verdict = EmergencyVerdict(row.verdict)
    colour = "green" if verdict == EmergencyVerdict.JUSTIFIED else "red"
    found["tags"].append({"text": verdict.label, "colour": colour})
    found["rows"].append({"key": _("Granskad av"), "value": row.reviewed_by.name})
    if row.comment:
        found["rows"].append({"key": _("Kommentar"), "value": row.comment})
    return found


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def extract(found: list[WithoutNames]) -> list[tuple[str, ...]]:
    """The rows of an extract for the client, its head first."""
    head = (_("När"), _("Vad"), _("Roll"), _("Enhet"))
    return [head, *((_moment(row.at), _(row.what), _(row.role), row.unit or "–") for row in found)]


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
