"""What has been asked for and given out, as `components/records.html` reads it, and what may be chosen to decide it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.disclosure_rules import CONTACT_DUTY
from cases.policies import Question
from cases.queries.choices import (
    GIVING,
    RECIPIENTS,
    Answer,
    Initiative,
    Matter,
    NoteKind,
    Receiver,
    Verification,
    Way,
)
from cases.queries.disclosures import named
from cases.queries.rows import Consent, Disclosure, Document, LegalBasis, Note
from cases.views.present import consents
from cases.views.present.documents import name as document
from cases.views.present.tables import stamp

COLOURS = {Answer.ALL: "green", Answer.PART: "green", Answer.NONE: "grey", Answer.TAKEN_BACK: "grey"}


def records(
    opened: Opened, rows: list[Disclosure], given: Iterable[Document], notes: Iterable[Note]
) -> list[dict[str, Any]]:
    """Those that wait first, then what has been decided."""
    names = {str(row.pk): document(row) for row in given} | {str(row.pk): note(row) for row in notes}
    return [_record(opened, row, names) for row in rows]


def asked(row: Disclosure) -> list[dict[str, Any]]:
    """What was asked for, as it was written down."""
    return [
        {"key": _("Initiativ"), "value": Initiative(row.initiative).label},
        {"key": _("Till"), "value": f"{dict(RECIPIENTS)[row.receiver]}\n{row.receiver_name}"},
        {"key": _("Dag"), "day": row.received_on},
        {"key": _("Gäller"), "value": Matter(row.matter).label},
        {"key": _("Uppgifter"), "value": row.what},
        {"key": _("Varför"), "value": row.aim},
    ]


def guidance(row: Disclosure) -> str:
    """What to think of first."""
    if row.initiative == Initiative.REQUEST and row.matter == Matter.CONTACT:
        return _(
            "En brottsbekämpande myndighet ska på begäran få en kontaktuppgift, om det inte finns synnerliga skäl mot"
            " det. Ring tillbaka via växeln, pröva hotbilden och lämna bara den uppgift som efterfrågas."
        )
    if row.initiative == Initiative.REQUEST and row.matter == Matter.WHEREABOUTS:
        return _(
            "Polis, domstol och åklagare ska på begäran få veta om någon vistas på skyddat boende eller hem för vård."
            " Adressen till ett skyddat boende är skyddad för sig."
        )
    return _("Utgångspunkten är att inget lämnas. Att någon förekommer hos oss är i sig en uppgift.")


def grounds(
    row: Disclosure, given: list[Consent], provisions: list[LegalBasis], *, today: date
) -> list[tuple[Any, str]]:
    """What it may be tried on: consents, those that reach first, then provisions."""
    ordered = sorted(given, key=lambda consent: not _reaches(row, consent, today))
    return [
        *((consent, _consent(row, consent, today)) for consent in ordered),
        *((provision, _provision(provision)) for provision in provisions),
    ]


def has_contact_duty(provisions: list[LegalBasis]) -> bool:
    """Tell whether the question of special reasons is to be put."""
    return any(provision.code == CONTACT_DUTY for provision in provisions)


def documents(rows: list[Document]) -> list[tuple[str, str]]:
    """The documents to choose from; a replaced version says so."""
    replaced = {row.replaces_id for row in rows}
    earlier = _("tidigare version")
    return [
        (str(row.pk), f"{document(row)} – {earlier}" if row.pk in replaced else document(row)) for row in rows
    ]


def note(row: Note) -> str:
    """A signed note in one line."""
    return f"{NoteKind(row.kind).label} ({row.event_date:%Y-%m-%d})"


def appeal_text() -> str:
    """The text that a refusal begins with; it awaits a lawyer, and says so in the form."""
    return _(
        "Du som har begärt uppgifterna kan överklaga beslutet. Skriv vilket beslut du överklagar, hur du vill att det"
        " ändras och varför. Skicka skrivelsen till oss inom tre veckor från den dag du fick del av beslutet."
    )


def _reaches(row: Disclosure, consent: Consent, today: date) -> bool:
    return consent.is_in_force(today) and row.receiver in consent.receivers


def _consent(row: Disclosure, consent: Consent, today: date) -> str:
    words = _("Samtycke från %(who)s: %(extent)s. Gäller %(to)s till %(day)s.") % {
        "who": consent.giver_names,
        "extent": consent.extent.rstrip("."),
        "to": consents.labels(consent.receivers, Receiver),
        "day": f"{consent.ends_on:%Y-%m-%d}",
    }
    if _reaches(row, consent, today):
        return words
    why = consents.state(consent, today=today)["text"]
    if consent.is_in_force(today):
        why = _("Omfattar inte mottagaren")
    return _("%(why)s, kan inte användas. %(consent)s") % {"why": why, "consent": words}


def _provision(provision: LegalBasis) -> str:
    return " ".join(part for part in (f"{named(provision)}.", provision.note) if part)


def _record(opened: Opened, row: Disclosure, names: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"u-{row.pk}",
        "title": f"{dict(RECIPIENTS)[row.receiver]}: {Matter(row.matter).label}",
        "sub": f"{row.received_on:%Y-%m-%d} · {row.receiver_name}",
    }
    if not row.is_decided:
        found["rows"] = asked(row)[4:]
        found["tags"] = [{"text": _("Väntar på prövning"), "colour": "yellow"}]
        if opened.may(Question.DISCLOSE):
            url = reverse("cases:case_disclosure", args=[opened.case.pk, row.pk])
            found["actions"] = [{"label": _("Pröva"), "url": url}]
        return found
    answer = Answer(row.answer)
    gives = answer in GIVING
    found["tags"] = [{"text": _answer(answer), "colour": COLOURS[answer]}]
    # First what matters afterwards: what went out, on what, or why nothing did; the rest is a click away.
    found["rows"] = [*(_sent(row, names) if gives else []), *_decided(row)]
    found["more"] = {"label": _("Vad som efterfrågades"), "rows": asked(row)}
    return found


def _decided(row: Disclosure) -> list[dict[str, Any]]:
    who = row.decided_by.name if row.decided_by else ""
    verified = f"{Verification(row.verification).label}. {row.verified_how}".strip()
    rows = [
        {"key": _("Kontroll av vem"), "value": verified},
        {"key": _("Grund"), "value": row.ground},
        {"key": _("Avvägning"), "value": row.balance},
        {"key": _("Överklagande"), "value": row.appeal if row.answer in {Answer.NONE, Answer.PART} else ""},
        {"key": _("Beslutat av"), "value": f"{who}, {stamp(row.decided_at)}" if row.decided_at else ""},
    ]
    return [item for item in rows if item["value"]]


def _sent(row: Disclosure, names: dict[str, str]) -> list[dict[str, Any]]:
    sent = "\n".join(names.get(item["id"], _("Borttagen")) for item in row.sent_rows or ())
    rows: list[dict[str, Any]] = [
        {"key": _("Lämnat"), "day": row.sent_on},
        {"key": _("Hur"), "value": Way(row.sent_how).label if row.sent_how else ""},
        {"key": _("Exakt vad"), "value": "\n".join(part for part in (row.sent_text, sent) if part)},
    ]
    return [item for item in rows if item.get("value") or item.get("day")]


def _answer(answer: Answer) -> str:
    return {
        Answer.ALL: _("Utlämnat"),
        Answer.PART: _("Utlämnat till en del"),
        Answer.NONE: _("Inte utlämnat"),
        Answer.TAKEN_BACK: _("Återtagen"),
    }[answer]
