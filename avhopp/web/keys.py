"""Nycklar: how the keys stand and how far the keeper's work has come, for whoever runs the system.

Nothing is done here: keys are changed by the keeper's commands alone.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.sealed.keeping.standing import Epoch, Next, Standing, standing, work_going_on
from avhopp.translation import gettext_noop
from avhopp.web.guard import ActingRequest, page
from avhopp.web.polling import STOP_ASKING

NEXT: dict[Next, tuple[str, str]] = {
    Next.GO_ON: (
        gettext_noop("Ett arbete avbröts."),
        gettext_noop("Kör samma kommando igen; det fortsätter där det slutade."),
    ),
    Next.REWRAP: (
        gettext_noop("Äldre perioder används fortfarande."),
        gettext_noop("Kör manage.py keys rewrap."),
    ),
    Next.RETIRE: (
        gettext_noop("Gamla nycklar kan tas bort."),
        gettext_noop("Kör manage.py keys retire."),
    ),
    Next.NOTHING: (gettext_noop("Inget behöver göras med nycklarna nu."), ""),
}
STATES: dict[str, str] = {
    "active": gettext_noop("Öppnar och förseglar"),
    "decrypt": gettext_noop("Ersatta, öppnar det som är äldre"),
    "record": gettext_noop("Öppnar bara loggen"),
    "destroyed": gettext_noop("Förstörda vid gallring"),
}


@page(right=Right.SEE_KEYS, purpose="keys")
def index(request: ActingRequest) -> HttpResponse:
    """Nycklar."""
    found = standing(at=request.now)
    title, remedy = NEXT[found.next]
    context = {
        "next_title": _(title),
        "next_text": _(remedy) if remedy else "",
        "is_calm": found.next == Next.NOTHING,
        "run": found.at_work,
        "trial": settings.ROOT_KEY == "file",
        "states": [
            {"key": _(STATES[state]), "value": str(number)} for state, number in found.data_keys.items()
        ],
        **_epochs(found),
        **_runs(found),
    }
    return render(request, "pages/keys.html", context)


@page(right=Right.SEE_KEYS, purpose="keys")
def progress(request: ActingRequest) -> HttpResponse:
    """The part that is asked for anew while work goes on."""
    run = work_going_on(at=request.now)
    status = 200 if run else STOP_ASKING
    return render(request, "pages/keys_progress.html", {"run": run}, status=status)


def _columns(*labels: str) -> list[dict[str, str]]:
    return [{"label": label} for label in labels]


def _epochs(found: Standing) -> dict[str, Any]:
    return {
        "epoch_columns": _columns(_("Period"), _("Läge"), _("Nycklar"), _("Rotnyckel")),
        "epoch_rows": [
            [
                {"text": f"{epoch.number // 10000}-{epoch.number // 100 % 100:02d} · {epoch.number % 100}"},
                _state(epoch),
                {"text": str(epoch.keys)},
                {"text": epoch.root},
            ]
            for epoch in reversed(found.epochs)
        ],
    }


def _state(epoch: Epoch) -> dict[str, Any]:
    if epoch.destroyed_at:
        return {
            "tag": _("Förstörd %(day)s") % {"day": f"{timezone.localdate(epoch.destroyed_at):%Y-%m-%d}"},
            "colour": "grey",
        }
    if epoch.destroy_from:
        return {
            "tag": _("Tom, förstörs från %(day)s")
            % {"day": f"{timezone.localdate(epoch.destroy_from):%Y-%m-%d}"},
            "colour": "yellow",
        }
    return {"tag": _("I bruk"), "colour": "green"}


def _runs(found: Standing) -> dict[str, Any]:
    rows = []
    for run in found.runs:
        if run.ended_at:
            ended = {"tag": _("Klart"), "colour": "green"}
        elif found.at_work is not None and run.pk == found.at_work.pk:
            ended = {"tag": _("Pågår"), "colour": "blue"}
        else:
            ended = {"tag": _("Avbrutet"), "colour": "red"}
        began = f"{timezone.localtime(run.started_at):%Y-%m-%d %H:%M}"
        of = _("%(done)s av %(total)s") % {"done": run.done, "total": run.total}
        rows.append([{"text": began}, {"text": run.get_work_display()}, {"text": of}, ended])
    return {"run_columns": _columns(_("Började"), _("Arbete"), _("Gjort"), _("Läge")), "run_rows": rows}
