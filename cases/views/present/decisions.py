"""Decisions as records, and one decision with all that it says, what has happened with it and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access import Opened
from cases.catalogue.decision_kinds import KINDS, MEASURE_NAMES, DecisionKind, Measure
from cases.policies import Question
from cases.queries.choices import AppealOutcome, Communication, EventKind, Following, NotifiedBy
from cases.queries.decisions import in_force, question
from cases.queries.rows import Decision, DecisionEvent, Delegation
from cases.views.present.drafts import author
from cases.views.present.person import yes_no

Rows = list[dict[str, Any]]


def records(opened: Opened, decisions: list[Decision], *, today: date) -> Rows:
    """Drafts first, then those in force, then the rest, each newest first."""
    standing = {decision.pk for decision in in_force(decisions, today)}
    followed = {decision.corrects_id for decision in decisions if decision.is_signed}
    ordered = sorted(decisions, key=lambda each: (each.is_signed, each.pk not in standing))
    return [_record(opened, each, each.pk in standing, each.pk in followed) for each in ordered]


def name(decision: Decision) -> str:
    """What kind of decision it is, in words."""
    words = _(KINDS[DecisionKind(decision.kind)].name)
    return f"{words}: {_(MEASURE_NAMES[Measure(decision.measure)])}" if decision.measure else words


def rows(decision: Decision) -> Rows:
    """Everything that a decision says (FL 31–32), without what it does not have."""
    law = decision.legal_basis
    told = Communication(decision.communication).label if decision.communication else ""
    if decision.communicated_on:
        told = f"{told}, {decision.communicated_on:%Y-%m-%d}"
    found: Rows = [
        {"key": _("Lagrum"), "value": _law(decision) if law else _("Inte valt")},
        {"key": _("Tidsfrist"), "value": _("Förlängs med beslutet") if decision.extends_id else ""},
        {"key": _("Beslut"), "value": decision.ruling},
        {"key": _("Gäller"), "value": period(decision)},
        {"key": _("Belopp"), "value": _amount(decision.amount)},
        {"key": _("Villkor"), "value": decision.conditions},
        {"key": _("Vårdnadshavarna samtycker"), "value": _answer(decision.guardian_consents)},
        {"key": _("Bor där med vårdnadshavare"), "value": _answer(decision.with_guardian)},
        {"key": _("Lämpligt utan samtycke, därför att"), "value": decision.suitability},
        {"key": _("Motivering"), "value": decision.reasons},
        {"key": _("Synnerliga skäl"), "value": _answer(decision.has_special_reasons)},
        {"key": _("Andra föreskrifter"), "value": decision.provisions},
        {"key": _("Kommunicering"), "value": told},
        {"key": _("Utredningen är klar"), "value": _answer(decision.ends_inquiry)},
        {"key": _("Föredragande"), "value": decision.rapporteur},
        {"key": _("Har deltagit"), "value": decision.participants},
        *_decider_rows(decision),
    ]
    return [row for row in found if row.get("value") or row.get("day")]


def parts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is written in a draft, under its headings, to compare two people's texts."""
    day = {name: content.get(name) for name in ("starts_on", "ends_on", "communicated_on", "decided_on")}
    measure, told = content.get("measure"), content.get("communication")
    shown = [
        (_("Skäl för ändringen"), content.get("correction_reason")),
        (_("Lagrum"), content.get("legal_basis")),
        (_("Slag av insats"), _(MEASURE_NAMES[Measure(measure)]) if measure else ""),
        (_("Beslut"), content.get("ruling")),
        (_("Gäller från"), day["starts_on"]),
        (_("Gäller till"), day["ends_on"]),
        (_("Belopp"), _amount(content.get("amount"))),
        (_("Villkor"), content.get("conditions")),
        (_("Vårdnadshavarna samtycker"), _answer(content.get("guardian_consents"))),
        (_("Bor där med vårdnadshavare"), _answer(content.get("with_guardian"))),
        (_("Lämpligt utan samtycke, därför att"), content.get("suitability")),
        (_("Motivering"), content.get("reasons")),
        (_("Synnerliga skäl"), _answer(content.get("has_special_reasons"))),
        (_("Andra föreskrifter"), content.get("provisions")),
        (_("Kommunicering"), Communication(told).label if told else ""),
        (_("Kommunicerat"), day["communicated_on"]),
        (_("Föredragande"), content.get("rapporteur")),
        (_("Har deltagit"), content.get("participants")),
        (_("Utskottets protokoll"), content.get("protocol")),
        (_("Utskottet beslutade"), day["decided_on"]),
    ]
    return [{"label": label, "text": str(text)} for label, text in shown if text]


def entry(decision: Decision) -> dict[str, Any]:
    """One decision as a record, without buttons."""
    return {"title": name(decision), "tags": [_state(decision, False, False)], "rows": rows(decision)}


def period(decision: Decision) -> str:
    """From when to when."""
    if decision.following == Following.ENDING and decision.starts_on:
        return _("upphör från och med %(day)s") % {"day": f"{decision.starts_on:%Y-%m-%d}"}
    if decision.starts_on is None:
        last = decision.ends_on
        return _("till och med %(day)s") % {"day": f"{last:%Y-%m-%d}"} if last else ""
    last_day = f"{decision.ends_on:%Y-%m-%d}" if decision.ends_on else _("tills vidare")
    return f"{decision.starts_on:%Y-%m-%d} – {last_day}"


def timeline(events: list[DecisionEvent]) -> Rows:
    """What has happened since the signature, the newest first."""
    return [
        {
            "title": str(EventKind(event.kind).label),
            "at": event.happened_on,
            "who": event.created_by.name,
            "text": _told(event),
        }
        for event in reversed(events)
    ]


def appeal(
    decision: Decision, events: list[DecisionEvent], *, last_day: date | None
) -> dict[str, Any] | None:
    """How the decision is appealed, in the words that the client is given, and until when; none for other kinds."""
    if not decision.rule.is_appealed or any(event.kind == EventKind.APPEALED for event in events):
        return None
    return {
        "text": _(
            "Du kan överklaga beslutet enligt 35 kap. 1 § socialtjänstlagen. Skriv vilket beslut det gäller, vad"
            " du vill ändra och varför. Överklagandet ska ha kommit in till oss inom tre veckor från den dag"
            " då du fick del av beslutet."
        ),
        "last_day": last_day,
    }


def delegates(found: list[Delegation]) -> list[str]:
    """Who may sign today, in words."""
    return [
        _("%(name)s, ersättare för %(other)s")
        % {"name": author(each.delegate), "other": each.deputy_for.name}
        if each.deputy_for
        else author(each.delegate)
        for each in found
    ]


def actions(opened: Opened, decision: Decision, *, is_followed: bool) -> list[dict[str, str]]:
    """What the reader may do with a decision now."""
    where = [opened.case.pk, decision.pk]
    if not decision.is_signed:
        shown = {"label": _("Fortsätt skriva"), "url": reverse("cases:case_decision_draft", args=where)}
        return [shown] if opened.may(question(decision)) else []
    if not opened.may(Question.FOLLOW_DECISION):
        return []
    found = [
        {
            "label": _("Anteckna vad som har hänt"),
            "url": reverse("cases:case_decision_event", args=where),
            "kind": "primary",
        }
    ]
    if not is_followed:
        follow = reverse("cases:case_decision_follow", args=where)
        found.append({"label": _("Rätta, ändra eller avsluta"), "url": follow, "kind": "secondary"})
    return found


def _record(opened: Opened, decision: Decision, is_in_force: bool, is_followed: bool) -> dict[str, Any]:
    where = [opened.case.pk, decision.pk]
    short = [row for row in rows(decision) if row["key"] in {_("Beslut"), _("Gäller"), _("Lagrum")}]
    found: dict[str, Any] = {
        "title": name(decision),
        "tags": [_state(decision, is_in_force, is_followed)],
        "rows": short,
    }
    if decision.is_signed:
        found["url"] = reverse("cases:case_decision", args=where)
        found["sub"] = _("%(number)s, beslutat %(day)s") % {
            "number": decision.number,
            "day": f"{decision.decided_on:%Y-%m-%d}",
        }
    else:
        found["actions"] = actions(opened, decision, is_followed=False)
    return found


def _state(decision: Decision, is_in_force: bool, is_followed: bool) -> dict[str, str]:
    if not decision.is_signed:
        return {"text": _("Utkast – inte signerat"), "colour": "yellow"}
    if is_followed and not is_in_force:
        return {"text": _("Ersatt eller avslutat"), "colour": "grey"}
    if is_in_force:
        return {"text": _("Gäller"), "colour": "green"}
    return {"text": _("Signerat"), "colour": "blue" if not decision.rule.gives else "grey"}


def _decider_rows(decision: Decision) -> Rows:
    if decision.by_committee:
        return [
            {
                "key": _("Beslutat av"),
                "value": _("Utskottet, %(protocol)s") % {"protocol": decision.protocol},
            },
            {"key": _("Beslutsdatum"), "day": decision.decided_on},
        ]
    if decision.signed_by is None:
        return []
    found: Rows = [
        {"key": _("Beslutat av"), "value": author(decision.signed_by)},
        {"key": _("Beslutsdatum"), "day": decision.decided_on},
    ]
    deputy_for = decision.delegation.deputy_for if decision.delegation else None
    if deputy_for is not None:
        found.insert(1, {"key": _("Ersättare för"), "value": deputy_for.name})
    return found


def _law(decision: Decision) -> str:
    law = decision.legal_basis
    assert law is not None
    return f"{law} ({_('ska bekräftas av jurist')})" if law.is_uncertain else str(law)


def _told(event: DecisionEvent) -> str:
    way = str(NotifiedBy(event.way).label) if event.way else ""
    outcome = str(AppealOutcome(event.outcome).label) if event.outcome else ""
    appeal_text = ""
    if event.kind == EventKind.NOTIFIED:
        appeal_text = {
            True: _("Fick veta hur beslutet överklagas"),
            False: _("Fick inte veta hur beslutet överklagas"),
        }.get(event.has_appeal_text, "")
    return " · ".join(part for part in (way, outcome, appeal_text, event.text) if part)


def _answer(value: bool | None) -> str:
    return yes_no(value) if value is not None else ""


def _amount(kronor: int | None) -> str:
    if kronor is None:
        return ""
    shown = f"{kronor:,}".replace(",", "\u00a0")
    return ngettext("%(n)s krona", "%(n)s kronor", kronor) % {"n": shown}
