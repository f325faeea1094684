"""The form that keeps a case to named people, and the question before that ends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import restrictions
from cases.forms.restrictions import RestrictionForm
from cases.queries.restrictions import possible_named
from cases.views import frame, recording
from cases.views.recording import Sheet

HERE = "cases:case_access"


def answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or restrict the case."""
    form = RestrictionForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        people=possible_named(opened),
        initial={"named": [str(opened.case.responsible_id)]},
    )
    remains = request.method != "POST" or str(request.actor.person) in request.POST.getlist("named")
    sheet = Sheet(
        title=_("Begränsa ärendet till namngivna"),
        label=_("Begränsa ärendet"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]) if remains else reverse("cases:list"),
        done=_("Ärendet är begränsat. Alla andras åtkomst upphörde nu."),
        lead=_(
            "För när klienten eller en närstående arbetar här, är förtroendevald eller är känd bland kollegorna."
            " Nödåtkomst är då inte möjlig, och varje läsning granskas."
        ),
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: restrictions.restrict(
            opened=opened,
            named=form.those_named(),
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )


def lifting(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Ask first, then let the case be like others."""
    place = reverse(HERE, args=[opened.case.pk])
    if request.method == "POST":
        restrictions.lift(opened=opened, by=request.actor, now=request.now)
        messages.success(request, _("Ärendet är inte längre begränsat. Ge åtkomst till dem som behöver den."))
        return redirect(place)
    content = {
        "title": _("Häv begränsningen?"),
        "text": _("Ingen får åtkomst av sig själv. Nödåtkomst blir möjlig för enheten igen."),
        "label": _("Häv begränsningen"),
        "back": place,
    }
    return frame.show(request, opened, "cases/confirm.html", here=HERE, content=content)
