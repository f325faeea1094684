"""The form of a recusal; whoever recuses herself does not see the case again."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import recusals
from cases.forms.recusals import RecusalForm
from cases.policies import Question
from cases.queries.recusals import others_in_unit
from cases.views import recording
from cases.views.frame import RECUSAL
from cases.views.recording import Sheet

HERE = "cases:case_access"


def answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or write the recusal down."""
    others = others_in_unit(opened)
    me = str(request.actor.person)
    leads = bool(opened.may(Question.GRANT_ACCESS))
    form = RecusalForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        people=[user for user in others if leads or str(user.pk) == me],
        others=others,
        initial={"user": me},
    )
    is_own = form.data.get("user", me) == me
    sheet = Sheet(
        title=_("Anmäl jäv"),
        label=_("Anmäl jäv"),
        here=RECUSAL,
        back=reverse("cases:list") if is_own else reverse(HERE, args=[opened.case.pk]),
        done=_("Jävet är antecknat. Åtkomsten upphörde nu."),
        lead=_(
            "Den som är jävig ser inte ärendet längre, kan inte få åtkomst till det igen och godkänner inget i det."
            " Det som redan har lästs granskas i loggkontrollen. Det kan inte tas tillbaka."
        ),
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: recusals.recuse(
            opened=opened,
            user=form.cleaned_data["user"],
            values=form.values(),
            successor=form.cleaned_data["successor"],
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )
