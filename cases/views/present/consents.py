"""The consents of a case, as `components/records.html` reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import ConsentForm, Giver, Receiver
from cases.queries.rows import Consent
from cases.workflow import Track


def records(opened: Opened, consents: list[Consent], *, today: date) -> list[dict[str, Any]]:
    """Those in force first, then the rest, each newest first."""
    ordered = sorted(consents, key=lambda consent: not consent.is_in_force(today))
    return [_record(opened, consent, today) for consent in ordered]


def warning(opened: Opened, consents: list[Consent], *, today: date) -> str:
    """What is missing for the joint programme with the police, if the case could be in it."""
    reached = any(consent.is_in_force(today) and Receiver.POLICE in consent.receivers for consent in consents)
    if opened.case.track != Track.EXIT or reached:
        return ""
    return _(
        "Inget gällande samtycke omfattar Polisen. Det gemensamma programmet saknar då grund. Utredning och stöd från"
        " socialtjänsten påverkas inte."
    )


def state(consent: Consent, *, today: date) -> dict[str, str]:
    """Whether something may be shared on it today, in words."""
    if consent.withdrawn_on is not None:
        return {"text": _("Återkallat"), "colour": "red"}
    if consent.ends_on < today:
        return {"text": _("Har löpt ut"), "colour": "grey"}
    if consent.is_outgrown(today):
        return {"text": _("Upphörde vid 18 år"), "colour": "grey"}
    return {"text": _("Gäller"), "colour": "green"}


def labels(codes: list[str], catalogue: Any) -> str:
    """Codes in words, with commas."""
    return ", ".join(str(catalogue(code).label) for code in codes)


def _givers(opened: Opened, consent: Consent) -> str:
    words = labels(consent.givers, Giver)
    return words if opened.masked else f"{consent.giver_names} ({words})"


def _record(opened: Opened, consent: Consent, today: date) -> dict[str, Any]:
    rows = [
        {"key": _("Samtycker"), "value": _givers(opened, consent)},
        {"key": _("Omfattning"), "value": consent.extent},
        {"key": _("Ändamål"), "value": consent.aim},
        {"key": _("Form"), "value": ConsentForm(consent.form).label},
        {"key": _("Gäller"), "value": f"{consent.starts_on:%Y-%m-%d} – {consent.ends_on:%Y-%m-%d}"},
    ]
    if consent.withdrawn_on is not None:
        rows.append(
            {"key": _("Återkallat"), "value": f"{consent.withdrawn_on:%Y-%m-%d}\n{consent.withdrawal}"}
        )
    found: dict[str, Any] = {
        "id": f"s-{consent.pk}",
        "title": labels(consent.receivers, Receiver),
        "tags": [state(consent, today=today)],
        "rows": rows,
    }
    if consent.withdrawn_on is None and opened.may(Question.EDIT_CASE):
        url = reverse("cases:case_consent_withdraw", args=[opened.case.pk, consent.pk])
        found["actions"] = [{"label": _("Återkalla"), "url": url}]
    return found
