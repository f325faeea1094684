"""How the log is, in a sentence for whoever looks for two seconds and in rows for whoever wants to know."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.health import State, Trouble


def log_state(state: State) -> dict[str, Any]:
    """What `audit/log_state.html` reads."""
    return {
        "kind": _kind(state),
        "title": _(state.trouble) if state.trouble else _("Loggen är hel."),
        "sentence": _sentence(state),
        "lag": _(state.lag.sentence) if state.lag.sentence else "",
        "faults": state.run.faults if state.run else [],
        "notes": state.run.notes if state.run else [],
        "rows": _rows(state),
        "has_checkpoint": state.head is not None,
    }


def _kind(state: State) -> str:
    if state.trouble is Trouble.FAULTS:
        return "error"
    return "warning" if state.trouble or not state.lag.is_well else "success"


def _sentence(state: State) -> str:
    run = state.run
    if run is None:
        return ""
    number = ngettext("%(n)s händelse", "%(n)s händelser", run.size) % {"n": _grouped(run.size)}
    since = f"{timezone.localdate(run.first_at):%Y-%m-%d}" if run.first_at else "–"
    return _("%(number)s sedan %(since)s. Kontrollerad %(at)s. Vittne: %(witness)s.") % {
        "number": number,
        "since": since,
        "at": _clock(run.at),
        "witness": _witness_in_short(state),
    }


def _rows(state: State) -> list[dict[str, Any]]:
    lag, head, run = state.lag, state.head, state.run
    waiting = ngettext("%(n)s händelse väntar", "%(n)s händelser väntar", lag.waiting) % {"n": lag.waiting}
    pace = _("Går i takt") if lag.is_well else waiting
    rows = [
        {"key": _("Sekvenserare"), "value": pace},
        {"key": _("Senaste kontroll"), "value": _clock(run.at) if run else _("Ingen ännu")},
        {
            "key": _("Senaste kontrollpunkt"),
            "value": _("Nummer %(number)s, %(size)s händelser, %(at)s")
            % {"number": head.number, "size": _grouped(head.size), "at": _clock(head.at)}
            if head
            else _("Ingen ännu"),
        },
        {"key": _("Vittne"), "value": _witness(state)},
    ]
    if run:
        compared = _("%(rows)s rader och %(grants)s åtkomster jämförda med loggen")
        rows.append(
            {
                "key": _("Databasen"),
                "value": compared % {"rows": _grouped(run.rows), "grants": _grouped(run.grants)},
            }
        )
    return rows


def _witness(state: State) -> str:
    if not state.has_witness:
        return _("Inget. Den som har databasen och loggens nyckel kan skriva om allt utan att det syns.")
    if not state.operator:
        return _("Inte oberoende: det körs av samma organisation som loggen.")
    return state.operator


def _witness_in_short(state: State) -> str:
    if not state.has_witness:
        return _("inget")
    return state.operator or _("inte oberoende")


def _clock(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d kl. %H.%M}" if at else "–"


def _grouped(number: int) -> str:
    """Group digits by a narrow no-break space, as Swedish does."""
    return f"{number:,}".replace(",", "\u202f")
