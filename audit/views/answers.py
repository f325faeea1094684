"""How the pages of the review answer when something below says no."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audit import log, paper
from audit.decoys import keeping
from audit.decoys.access import NoSuchDecoy
from audit.events import Actor
from audit.log_events import REVIEW_REFUSED
from audit.report.content import NoSuchYear
from audit.review import access, drawing, judging
from audit.review.policies import NotAllowed
from audit.search import NoSuchLeaf
from avhopp.sealed import scope as scopes
from avhopp.translation import gettext_noop
from avhopp.web import errors
from avhopp.web.guard import Answers

# What somebody else, or the same form sent twice, has made impossible in the meantime.
IN_THE_WAY: dict[type[Exception], str] = {
    drawing.AlreadyDrawn: gettext_noop("Månaden är redan dragen. Fortsätt med det som drogs."),
    drawing.NotToBeDrawn: gettext_noop("Månaden är inte slut ännu. Den dras när den har gått till ända."),
    judging.AlreadySigned: gettext_noop("Månaden är redan signerad, och ingenting i den bedöms längre."),
    judging.NotAllJudged: gettext_noop("Allt är inte bedömt ännu. Bedöm det som är kvar, och signera sedan."),
    paper.NoCheckpoint: gettext_noop("Loggen har ingen kontrollpunkt ännu. Sekvenseraren måste vara igång."),
    judging.NoRemark: gettext_noop("Det finns ingen anmärkning som väntar på uppföljning här."),
}


def _missing(request: HttpRequest, actor: Actor, error: Exception) -> HttpResponse:
    return errors.page(404)


def _refused(request: HttpRequest, actor: Actor, error: NotAllowed) -> HttpResponse:
    log.record(event=REVIEW_REFUSED, actor=actor, at=scopes.current().at, basis="role")
    return render(request, "audit/review_refused.html", {"reason": error.reason}, status=403)


def _decoy_in_the_way(request: HttpRequest, actor: Actor, error: Exception) -> HttpResponse:
    messages.warning(request, _("Någon annan har redan gjort det."))
    return redirect("audit:decoys")


def _in_the_way(text: str) -> Callable[[HttpRequest, Actor, Exception], HttpResponse]:
    def answer(request: HttpRequest, actor: Actor, error: Exception) -> HttpResponse:
        messages.warning(request, _(text))
        return redirect("audit:review")

    return answer


ANSWERS: Answers = {
    NoSuchLeaf: _missing,
    access.NoSuchReview: _missing,
    NoSuchDecoy: _missing,
    NoSuchYear: _missing,
    NotAllowed: _refused,
    keeping.AlreadyDecided: _decoy_in_the_way,
    **{kind: _in_the_way(text) for kind, text in IN_THE_WAY.items()},
}
