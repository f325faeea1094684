"""One page that asks before something is done: what it means, one button, and a way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.forms.drafts import VersionForm
from cases.queries.rows import CaseGrant, StageRequest
from cases.views import frame
from cases.views.present.bar import stage_name


def _ask(request: ActingRequest, opened: Opened, here: str, content: dict[str, Any]) -> HttpResponse:
    return frame.show(request, opened, "cases/confirm.html", here=here, content=content)


def withdrawal(request: ActingRequest, opened: Opened, found: StageRequest) -> HttpResponse:
    """Before a stage request is taken back."""
    content = {
        "title": _("Ta tillbaka begäran?"),
        "text": _("Begäran om skedet %(stage)s prövas då inte. Du kan begära skedet på nytt när som helst.")
        % {"stage": stage_name(found.to_stage)},
        "label": _("Ta tillbaka begäran"),
        "back": reverse("cases:case_stage_decide", args=[opened.case.pk, found.pk]),
    }
    return _ask(request, opened, "cases:case_stages", content)


def starting(request: ActingRequest, opened: Opened, here: str, *, title: str) -> HttpResponse:
    """Before a draft is begun, for whoever followed a link and not the button."""
    content = {
        "title": title,
        "text": _(
            "Ett utkast läggs upp i ärendet. Det sparas medan du skriver och signeras när det är klart."
        ),
        "label": _("Börja skriva"),
        "back": reverse(here, args=[opened.case.pk]),
    }
    return _ask(request, opened, here, content)


def discarding(request: ActingRequest, opened: Opened, here: str, *, version: int, back: str) -> HttpResponse:
    """Before a draft is thrown away."""
    content = {
        "title": _("Kasta utkastet?"),
        "text": _(
            "Texten tas bort och kan inte tas fram igen. Att ett utkast har kastats antecknas i loggen."
        ),
        "label": _("Kasta utkastet"),
        "kind": "warning",
        "form": VersionForm(initial={"version": version}),
        "back": back,
    }
    return _ask(request, opened, here, content)


def correcting(request: ActingRequest, opened: Opened, here: str, *, back: str) -> HttpResponse:
    """Before a correction is begun."""
    content = {
        "title": _("Rätta?"),
        "text": _(
            "Rättelsen börjar med samma text. När du har signerat den visas den i stället, och originalet ligger"
            " kvar under den med vem, när och varför."
        ),
        "label": _("Börja rättelsen"),
        "back": back,
    }
    return _ask(request, opened, here, content)


def ending(request: ActingRequest, opened: Opened, grant: CaseGrant) -> HttpResponse:
    """Before a colleague's access ends."""
    text = _("Åtkomsten upphör genast. Nästa sida som %(name)s öppnar i ärendet finns inte.")
    if grant.user_id == request.actor.user:
        text = _("Det är din egen åtkomst, %(name)s. Den upphör genast, och någon annan måste ge dig en ny.")
    content = {
        "title": _("Avsluta åtkomsten?"),
        "text": text % {"name": grant.user.name},
        "label": _("Avsluta åtkomsten"),
        "kind": "warning",
        "back": reverse("cases:case_access", args=[opened.case.pk]),
    }
    return _ask(request, opened, "cases:case_access", content)


def moving(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Before a case follows the newest version."""
    content = {
        "title": _("Följa den nyaste versionen?"),
        "text": _(
            "Nästa skeden begärs då efter den versionens checklistor och krav. Det som redan är godkänt står kvar."
            " En begäran som väntar måste göras på nytt."
        ),
        "label": _("Följ den nyaste versionen"),
        "back": reverse("cases:case_stages", args=[opened.case.pk]),
    }
    return _ask(request, opened, "cases:case_stages", content)
