"""How an emergency access is answered, and the page of its review."""

from __future__ import annotations

from celery import current_app
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import emergencies
from cases.forms.emergencies import EmergencyForm, ReviewForm
from cases.queries.choices import EmergencyReason, EmergencyVerdict
from cases.queries.rows import EmergencyAccess
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_access"


def answer(request: ActingRequest, form: EmergencyForm) -> HttpResponse:
    """Let her in, or say why not; a number of nobody's and one of another unit's are answered alike."""
    values = form.cleaned_data
    try:
        opened = emergencies.take(
            number=values["number"],
            reason=EmergencyReason(values["reason"]),
            text=values["text"],
            by=request.actor,
            now=request.now,
        )
    except emergencies.HasAccess as error:
        return redirect("cases:case", error.case)
    except emergencies.NoWayIn:
        emergencies.write_down_refused(by=request.actor, now=request.now)
        form.add_error(
            "number", _("Du kan inte öppna något ärende med det numret. Kontrollera det, eller ring jouren.")
        )
        return render(request, "cases/emergency.html", {"form": form}, status=422)
    except emergencies.TooMany:
        form.add_error(None, _("Du har försökt många gånger på kort tid. Vänta tio minuter."))
        return render(request, "cases/emergency.html", {"form": form}, status=429)
    except emergencies.Unreviewed:
        form.add_error(
            None,
            _(
                "En tidigare nödåtkomst har väntat på granskning i mer än 72 timmar. Be arbetsledaren granska den."
            ),
        )
        return render(request, "cases/emergency.html", {"form": form}, status=403)
    # If nobody listens the clock finds it within the minute.
    transaction.on_commit(lambda: current_app.send_task("cases.tell_of_emergencies"), robust=True)
    return redirect("cases:case", opened.case.pk)


def reviewing(
    request: ActingRequest, opened: Opened, emergency: EmergencyAccess, *, back: str
) -> HttpResponse:
    """Show what was said when it was taken with the form, or write the verdict down."""
    form = ReviewForm(request.POST or None)
    reason = EmergencyReason(emergency.reason).label
    sheet = Sheet(
        title=_("Granska nödåtkomsten"),
        label=_("Spara granskningen"),
        here=HERE,
        back=back,
        done=_("Granskningen är sparad."),
        lead=_("%(who)s: %(reason)s. %(text)s")
        % {"who": emergency.created_by.name, "reason": reason, "text": emergency.text},
        warning=_("Vad som lästes står under Vem har läst. Granskningen står fast."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: emergencies.review(
            opened=opened,
            emergency=emergency,
            verdict=EmergencyVerdict(form.cleaned_data["verdict"]),
            comment=form.cleaned_data["comment"],
            by=request.actor,
            now=request.now,
        ),
    )
