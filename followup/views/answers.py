"""How the follow-up's pages answer when a verb says no; every refusal leaves its leaf."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import log
from audit.events import Actor
from avhopp.sealed import scope as scopes
from avhopp.translation import gettext_noop
from avhopp.web import errors
from avhopp.web.guard import Answers
from followup import events
from followup.actions import agreements, figures, neighbours, reading, releases, statements
from followup.disclosure.reading import Malformed
from followup.disclosure.release import Broken
from followup.importing import NotFigures
from followup.personal import LooksPersonal
from followup.policies import NotAllowed

Made = TypeVar("Made")

# What a form can put right, and the field it belongs to.
IN_FORMS: dict[type[Exception], tuple[str, str]] = {
    agreements.Overlapping: (
        "file",
        gettext_noop(
            "En annan överenskommelse gäller några av dagarna. Låt den sluta dagen innan den här börjar, så att ingen"
            " räknas i två."
        ),
    ),
    releases.NotReportable: (
        "period",
        gettext_noop("Perioden kan inte redovisas med den planen. Välj en annan."),
    ),
    releases.AlreadyOpen: (
        "plan",
        gettext_noop("En annan redovisning är på väg. Låt den avgöras, eller ta tillbaka den först."),
    ),
    releases.NotCorrectable: (
        "plan",
        gettext_noop("Redovisningen är redan rättad. Rätta den senaste i stället."),
    ),
    releases.CommentMissing: ("comment", gettext_noop("Skriv varför du återlämnar.")),
    figures.CountedHere: ("indicator", gettext_noop("Indikatorn räknas ur verksamheten och förs inte in.")),
    figures.WrongPeriod: ("period", gettext_noop("Skriv 2025H1 för ett halvår eller 2025 för ett år.")),
    statements.NoSuchCount: ("cell", gettext_noop("Ingen plan räknar det. Välj ett av antalen.")),
    neighbours.KnownAlready: ("name", gettext_noop("Kommunen eller nyckeln finns redan.")),
}
IN_THE_WAY = gettext_noop("Redovisningen har gått vidare sedan du öppnade sidan. Läs den på nytt.")


def attempt(form: forms.Form, act: Callable[[], Made]) -> Made | None:
    """Do what a valid form asks for; a refusal that the person can put right becomes an error of the form."""
    try:
        return act()
    except tuple(IN_FORMS) as error:
        field, sentence = IN_FORMS[type(error)]
        form.add_error(field if field in form.fields else None, _(sentence))
    except LooksPersonal as error:
        form.add_error(None, _(error.reason))
    except NotFigures as error:
        place = _("Rad %(row)s: ") % {"row": error.row} if error.row else ""
        form.add_error("file", place + _(error.reason))
    except agreements.InUse as error:
        sentence = _("Filen saknar eller ändrar något som redan har siffror: %(what)s. Låt det stå kvar.")
        form.add_error("file", sentence % {"what": error.what})
    except Broken as error:
        form.add_error("file", _("Filen håller inte: %(why)s.") % {"why": error})
    except Malformed as error:
        form.add_error("file", _("Filen går inte att läsa: %(why)s.") % {"why": error})
    return None


def not_there(request: HttpRequest, actor: Actor, error: reading.NotThere) -> HttpResponse:
    """404, as for an address that does not exist; the attempt is recorded."""
    _record(actor)
    return errors.page(404)


def refused(request: HttpRequest, actor: Actor, error: NotAllowed) -> HttpResponse:
    """403 with the reason and a way back; the attempt is recorded."""
    _record(actor)
    context = {"reason": _(error.reason), "back": reverse("followup:start")}
    return render(request, "followup/refused.html", context, status=403)


def in_the_way(request: HttpRequest, actor: Actor, error: releases.NoSuchStep) -> HttpResponse:
    """409: the release has gone on since the page was shown."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    context = {"reason": _(IN_THE_WAY), "back": reverse("followup:release", args=[kwargs["release"]])}
    return render(request, "followup/refused.html", context, status=409)


def _record(actor: Actor) -> None:
    log.record(event=events.REFUSED, actor=actor, at=scopes.current().at, basis="none", purpose="followup")


ANSWERS: Answers = {
    reading.NotThere: not_there,
    NotAllowed: refused,
    releases.NoSuchStep: in_the_way,
}
