"""What the pages of releases say: steps in words, what is protected and why, and what a reader could work out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop
from followup.actions.reading import Opened
from followup.disclosure.display import HIDDEN
from followup.disclosure.release import Release as File
from followup.disclosure.release import Said
from followup.queries import ledger
from followup.queries.choices import Agreement, Release
from followup.report.words import cell_name, kind_of_cell, period_name
from followup.steps import STEP_NAMES, Step

COLOURS = {
    Step.PUBLISHED: "green",
    Step.AUDITED: "yellow",
    Step.REFUSED: "purple",
    Step.RETURNED: "grey",
    Step.WITHDRAWN: "grey",
}
EXPLAINED: dict[Step, str] = {
    Step.WAITING: gettext_noop("Räkningen börjar strax."),
    Step.COUNTING: gettext_noop("Antalen räknas och prövas mot allt som redan är känt."),
    Step.AUDITED: gettext_noop("Siffrorna håller. Någon annan än du som föreslog ska läsa och godkänna dem."),
    Step.APPROVED: gettext_noop("Godkänd. Den numreras, signeras och publiceras nu."),
    Step.PUBLISHED: gettext_noop("Fastställd. En ändring är en rättelse, som säger vad den rättar."),
    Step.REFUSED: gettext_noop("Ingenting har släppts. Mottagarna ser bara att perioden inte redovisas."),
    Step.RETURNED: gettext_noop("Den som granskade vill att du tänker om."),
    Step.WITHDRAWN: gettext_noop("Återtagen innan den publicerades."),
}


def history(*, agreement: Agreement | None, role: str) -> dict[str, Any]:
    """The releases that a role may know of, the newest first; others than those who prepare see what is published."""
    found = ledger.history(agreement) if agreement else []
    if not may_try(role=role, right=Right.PREPARE_FOLLOWUP):
        waits = (
            {Step.PUBLISHED, Step.AUDITED}
            if may_try(role=role, right=Right.APPROVE_RELEASES)
            else {Step.PUBLISHED}
        )
        found = [release for release in found if release.step in waits]
    return {"releases": [(release, _row(release)) for release in found], "public_key": ledger.public_key()}


def _row(release: Release) -> dict[str, Any]:
    step = Step(release.step)
    return {
        "title": period_name(release.period),
        "step": _(STEP_NAMES[step]),
        "colour": COLOURS.get(step, ""),
        "corrects": release.corrects.number if release.corrects else None,
    }


def release(opened: Opened) -> dict[str, Any]:
    """Everything that the page of one release shows."""
    found = opened.release
    step = Step(found.step)
    return {
        "opened": opened,
        "release": found,
        **_row(found),
        "explained": _(EXPLAINED[step]),
        "is_counting": step in {Step.WAITING, Step.COUNTING, Step.APPROVED},
        "is_refused": step == Step.REFUSED,
        "is_published": step == Step.PUBLISHED,
        "is_returned": step == Step.RETURNED,
        "tables": _tables(opened.file) if opened.file else [],
        "reach": opened.reach,
        **progress(found),
    }


def progress(found: Release) -> dict[str, Any]:
    """How far the counting has come."""
    decided, counts = ledger.progress(found)
    return {
        "release": found,
        "decided": decided,
        "counts": counts,
        "step_words": _(EXPLAINED[Step(found.step)]),
        "is_waiting": found.step in {Step.WAITING, Step.COUNTING, Step.APPROVED},
    }


def _tables(file: File) -> list[dict[str, Any]]:
    """The file's counts, table by table, each with why it is printed as it is."""
    found: dict[str, list[dict[str, str]]] = {}
    highest = file.plan.display.high(bucket=0)
    for said in file.cells:
        labels = tuple((name, str(value)) for name, value in said.labels)
        row = {"name": cell_name(labels), "text": said.printed, "why": _why(said, highest)}
        found.setdefault(kind_of_cell(labels), []).append(row)
    return [{"title": title[:1].upper() + title[1:], "rows": rows} for title, rows in found.items()]


def _why(said: Said, highest: int) -> str:
    if said.printed != HIDDEN:
        if said.printed.isdigit():
            return _("Avrundat till närmaste femtal.")
        return _("Bara ett spann: ett smalare skulle göra en annan uppgift för lätt att räkna ut.")
    if said.high == highest:
        return _("Litet eller noll: 0 till %(highest)s döljs alltid, och ser likadant ut.") % {
            "highest": highest
        }
    return _("Dolt, för att en liten uppgift annars skulle kunna räknas ut ur den här.")
