"""The agreements of a case with their signatures and breaches, as `components/records.html` reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.agreements import missing_signatures
from cases.queries.choices import Consequence, Party, Signed
from cases.queries.rows import Agreement, AgreementBreach

Rows = list[dict[str, Any]]


def records(opened: Opened, agreements: list[Agreement], *, today: date) -> Rows:
    """Each agreement, and after it its breaches."""
    found: Rows = []
    for agreement in agreements:
        found.append(_record(opened, agreement, today))
        found += [_breach(opened, breach) for breach in agreement.breaches.all()]
    return found


def _record(opened: Opened, agreement: Agreement, today: date) -> dict[str, Any]:
    missing = missing_signatures(agreement, today)
    parties = [str(Party(code).label) for code in agreement.parties if code != Party.OTHER]
    if agreement.other_party:
        parties.append(agreement.other_party)
    last = f"{agreement.ends_on:%Y-%m-%d}" if agreement.ends_on else _("tills vidare")
    rows: Rows = [
        {"key": _("Parter"), "value": ", ".join(parties)},
        {"key": _("Villkor"), "value": agreement.conditions},
        {"key": _("Gäller"), "value": f"{agreement.starts_on:%Y-%m-%d} – {last}"},
        {"key": _("Undertecknad"), "value": _signed(agreement)},
    ]
    if missing and agreement.ended_on is None:
        rows.append({"key": _("Saknar underskrift"), "value": _names(missing)})
    if agreement.ended_on is not None:
        rows.append({"key": _("Upphörde"), "value": f"{agreement.ended_on:%Y-%m-%d}\n{agreement.ending}"})
    return {
        "id": f"o-{agreement.pk}",
        "title": _("Överenskommelse"),
        "tags": [_state(agreement, missing, today)],
        "rows": rows,
        "actions": _actions(opened, agreement, missing),
    }


def _breach(opened: Opened, breach: AgreementBreach) -> dict[str, Any]:
    is_decided = breach.decided_at is not None
    rows: Rows = [
        {"key": _("Hände"), "day": breach.happened_on},
        {"key": _("Vad som hände"), "value": breach.what},
    ]
    tag = {"text": _("Väntar på arbetsledaren"), "colour": "yellow"}
    actions: list[dict[str, str]] = []
    if is_decided:
        tag = {"text": _("Följden är vald"), "colour": "grey"}
        rows += [
            {"key": _("Följd"), "value": Consequence(breach.consequence).label},
            {"key": _("Därför att"), "value": breach.reason},
            {"key": _("Vald av"), "value": breach.decided_by.name if breach.decided_by else ""},
        ]
    elif opened.may(Question.CHOOSE_CONSEQUENCE):
        url = reverse("cases:case_breach_decide", args=[opened.case.pk, breach.pk])
        actions = [{"label": _("Välj följd"), "url": url, "kind": "primary"}]
    return {"title": _("Avsteg"), "tags": [tag], "rows": rows, "actions": actions}


def _actions(opened: Opened, agreement: Agreement, missing: list[str]) -> list[dict[str, str]]:
    if agreement.ended_on is not None or not opened.may(Question.EDIT_CASE):
        return []
    where = [opened.case.pk, agreement.pk]
    found = []
    if missing:
        found.append(
            {"label": _("Anteckna underskrift"), "url": reverse("cases:case_agreement_sign", args=where)}
        )
    if agreement.fixed_at is None:
        found.append(
            {"label": _("Ändra villkoren"), "url": reverse("cases:case_agreement_change", args=where)}
        )
    else:
        found.append({"label": _("Anteckna avsteg"), "url": reverse("cases:case_breach_new", args=where)})
    found.append({"label": _("Avsluta"), "url": reverse("cases:case_agreement_end", args=where)})
    return found


def _state(agreement: Agreement, missing: list[str], today: date) -> dict[str, str]:
    if agreement.ended_on is not None and agreement.ended_on <= today:
        return {"text": _("Har upphört"), "colour": "grey"}
    if missing:
        return {"text": _("Inte undertecknad av alla"), "colour": "yellow"}
    if agreement.covers(today):
        return {"text": _("Gäller"), "colour": "green"}
    return {"text": _("Gäller inte i dag"), "colour": "grey"}


def _signed(agreement: Agreement) -> str:
    signatures = sorted(agreement.signatures.all(), key=lambda each: each.signed_on)
    return "\n".join(f"{Signed(each.what).label}, {each.signed_on:%Y-%m-%d}" for each in signatures)


def _names(codes: list[str]) -> str:
    return ", ".join(str(Signed(code).label) for code in codes)
