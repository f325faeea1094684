"""The report as an accessible PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.report.content import MonthLine, YearReport
from avhopp.typeset import pdf

TEMPLATE = Path(__file__).with_name("report.typ")


def write(report: YearReport) -> bytes:
    """Set the report."""
    return pdf(template=TEMPLATE, data=_content(report))


def _content(report: YearReport) -> dict[str, Any]:
    return {
        "municipality": settings.MUNICIPALITY,
        "title": _("Loggkontroll %(year)s") % {"year": report.year},
        "lead": _(
            "Rapport till nämnden om den systematiska och återkommande kontrollen av åtkomsten till personuppgifter"
            " (10 § lagen (2001:454) om behandling av personuppgifter inom socialtjänsten). Den innehåller inga"
            " uppgifter om klienter och inga namn."
        ),
        "facts": _facts(report),
        "months_title": _("Månad för månad"),
        "months_head": [
            _("Månad"),
            _("Läge"),
            _("Öppningar"),
            _("Stickprov"),
            _("Regelträffar"),
            _("Anmärkningar"),
        ],
        "months": [_month(line) for line in report.months],
        "signs_title": _("Varför något blev en regelträff"),
        "signs_note": _(
            "En träff kan ha flera skäl, och de flesta har en god förklaring. Logggranskarnas egna träffar är inte"
            " med här."
        ),
        "signs_head": [_("Skäl"), _("Antal")],
        "signs": [[_without_number(_(sign.sentence)), str(number)] for sign, number in report.signs],
        "measures_title": _("Vad anmärkningarna ledde till"),
        "measures_head": [_("Åtgärd"), _("Antal")],
        "measures": [[str(measure.label), str(number)] for measure, number in report.measures],
        "measures_none": _("Ingen anmärkning har följts upp under året."),
        "lots_title": _("Så kan lotten kontrolleras"),
        "lots_note": _(
            "Årets löfte skrevs i loggen innan året började. En månads lott, hashad med SHA-256 lika många gånger som"
            " månadens nummer, ger löftet. Den som har loggen kan därför dra om och jämföra."
        ),
        "commitment": [_("Årets löfte"), report.commitment],
        "lots": [[_name(line), line.round.review.seed] for line in report.months if line.round.review],
    }


def _facts(report: YearReport) -> list[list[str]]:
    late = [line for line in report.months if line.is_late]
    waiting = _("%(open)s, varav %(late)s har väntat för länge") % {
        "open": report.open_remarks,
        "late": report.late_remarks,
    }
    return [
        [_("Gjord"), f"{report.made_on:%Y-%m-%d}"],
        [_("Har arbetat i systemet under året"), str(report.acted)],
        [_("Av dem dragna minst en gång"), str(report.drawn)],
        [_("Kontroller som inte blev klara i tid"), ", ".join(map(_name, late)) or _("Inga")],
        [_("Anmärkningar som väntar på uppföljning"), waiting if report.open_remarks else _("Inga")],
        [_("Loggen"), _log(report)],
    ]


def _log(report: YearReport) -> str:
    run = report.log.run
    if run is None:
        return _("Har inte kontrollerats.")
    at = f"{timezone.localtime(run.at):%Y-%m-%d kl. %H.%M}"
    state = _("Hel vid kontrollen %(at)s.") if run.is_whole else _("Inte hel vid kontrollen %(at)s.")
    witness = settings.WITNESS_OPERATOR or _("inte oberoende")
    counted = _("Kontrollerad %(runs)s gånger under året, fel vid %(faulty)s. Vittne: %(witness)s.")
    said = {"runs": report.log.runs, "faulty": report.log.faulty, "witness": witness}
    return f"{state % {'at': at}} {counted % said}"


def _month(line: MonthLine) -> list[str]:
    this = line.round
    if this.review is None:
        return [
            _name(line),
            _("Inte dragen, försenad") if line.is_late else _("Inte dragen"),
            "–",
            "–",
            "–",
            "–",
        ]
    counts = (this.review.readings, line.sample, line.hits, this.remarks)
    return [_name(line), _state(line), *map(str, counts)]


def _state(line: MonthLine) -> str:
    if line.signed_on is None:
        return _("Pågår, försenad") if line.is_late else _("Pågår")
    said = {"on": f"{line.signed_on:%Y-%m-%d}"}
    return (_("Signerad %(on)s, för sent") if line.is_late else _("Signerad %(on)s")) % said


def _name(line: MonthLine) -> str:
    return str(date_format(line.round.month.first_day, "F")).capitalize()


def _without_number(sentence: str) -> str:
    """A reason as a heading, where there is no one number to put in."""
    return sentence.replace(" (antal: %(number)s)", "").replace("%(number)s ", "flera ")
