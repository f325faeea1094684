"""Releases: what has been proposed and what became of it, a new proposal, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avhopp.accounts.freshness import fresh_authentication_required
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from avhopp.web.polling import STOP_ASKING
from followup import tasks
from followup.actions import reading, releases
from followup.forms import DecisionForm, ProposalForm
from followup.queries import ledger
from followup.queries.choices import Agreement, Plan, Release
from followup.steps import OPEN, Step
from followup.views import frame, telling
from followup.views.answers import ANSWERS, attempt

HERE = "followup:releases"


@page(right=Right.READ_FOLLOWUP, purpose="followup", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Redovisningar."""
    agreement = frame.read(request)
    content = telling.history(agreement=agreement, role=request.actor.role)
    return frame.show(request, "followup/releases.html", agreement=agreement, here=HERE, content=content)


@page(right=Right.PREPARE_FOLLOWUP, purpose="release", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Propose a release, or a correction of one (`?rattar=`)."""
    agreement = frame.chosen(request)
    corrects = _corrected(request, agreement)
    plans = ledger.current_plans(agreement)
    periods = [corrects.period] if corrects else _periods(request, agreement, plans)
    form = ProposalForm(request.POST or None, plans=plans, periods=periods)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: releases.propose(
                agreement=agreement,
                plan=form.cleaned_data["plan"],
                period=form.cleaned_data["period"],
                corrects=corrects,
                by=request.actor,
                now=request.now,
            ),
        )
        if made is not None:
            tasks.tell_the_worker(release=made.pk)
            return redirect(frame.address(request, "followup:release", made.pk))
    status = 422 if form.errors else 200
    content = {"form": form, "corrects": corrects}
    return frame.show(
        request, "followup/release_new.html", agreement=agreement, here=HERE, content=content, status=status
    )


def _corrected(request: ActingRequest, agreement: Agreement) -> Release | None:
    word = request.GET.get("rattar", "")
    if not word:
        return None
    found = next((release for release in ledger.published(agreement) if str(release.pk) == word), None)
    if found is None:
        raise reading.NotThere
    return found


def _periods(request: ActingRequest, agreement: Agreement, plans: list[Plan]) -> list[str]:
    today = reading.today_at(request.now)
    left = {
        p.code for plan in plans for p in ledger.next_periods(agreement=agreement, plan=plan, today=today)
    }
    return sorted(left)


@page(right=Right.READ_FOLLOWUP, purpose="release", answers=ANSWERS)
def one(request: ActingRequest, release: UUID) -> HttpResponse:
    """One release, as far as the reader may see it."""
    opened = reading.open_release(release=release, by=request.actor, now=request.now)
    return frame.show(
        request,
        "followup/release.html",
        agreement=opened.release.agreement,
        here=HERE,
        content=telling.release(opened),
    )


@page(right=Right.PREPARE_FOLLOWUP, purpose="release", answers=ANSWERS)
def progress(request: ActingRequest, release: UUID) -> HttpResponse:
    """How far the counting has come, for the page that waits; the last answer makes it read itself anew."""
    found = _found(release)
    is_done = found.step not in {Step.WAITING, Step.COUNTING, Step.APPROVED}
    response = render(
        request, "followup/progress.html", telling.progress(found), status=STOP_ASKING if is_done else 200
    )
    if is_done:
        response.headers["HX-Refresh"] = "true"
    return response


@page(right=Right.PREPARE_FOLLOWUP, purpose="release", methods=("POST",), answers=ANSWERS)
def withdraw(request: ActingRequest, release: UUID) -> HttpResponse:
    """Take a proposal back; counting stops."""
    releases.withdraw(release=_found(release), by=request.actor, now=request.now)
    messages.success(request, _("Förslaget är återtaget. Ingenting har redovisats."))
    return redirect(frame.address(request, HERE))


@page(right=Right.APPROVE_RELEASES, purpose="release", methods=("GET", "POST"), answers=ANSWERS)
@fresh_authentication_required
def decide(request: ActingRequest, release: UUID) -> HttpResponse:
    """Read all that would be released; approve it or return it."""
    opened = reading.open_release(release=release, by=request.actor, now=request.now)
    if opened.release.step not in OPEN or not opened.may_approve:
        return redirect(frame.address(request, "followup:release", opened.release.pk))
    form = DecisionForm(request.POST or None, initial={"seen": opened.release.sha256})
    if request.method == "POST" and form.is_valid():
        decided = attempt(form, lambda: _decide(request, opened, form))
        if decided is not None:
            return redirect(frame.address(request, "followup:release", decided.pk))
    status = 422 if form.errors else 200
    return frame.show(
        request,
        "followup/release_decide.html",
        agreement=opened.release.agreement,
        here=HERE,
        content=telling.release(opened) | {"form": form},
        status=status,
    )


def _decide(request: ActingRequest, opened: reading.Opened, form: DecisionForm) -> Release:
    comment, by, now = form.cleaned_data["comment"], request.actor, request.now
    if request.POST.get("do") != "approve":
        returned = releases.send_back(release=opened.release, comment=comment, by=by, now=now)
        messages.success(request, _("Redovisningen är återlämnad med din kommentar."))
        return returned
    approved = releases.approve(release=opened.release, seen=form.cleaned_data["seen"], by=by, now=now)
    tasks.tell_the_worker(release=approved.pk)
    messages.success(request, _("Redovisningen är godkänd och publiceras."))
    return approved


def _found(release: UUID) -> Release:
    found = ledger.release(release)
    if found is None:
        raise reading.NotThere
    return found
