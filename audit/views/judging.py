"""One thing to judge at a time: what it is about, a verdict, and on to the next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.forms.review import FollowUpForm, VerdictForm, refuse_empty_remark
from audit.review import access, judging, queries
from audit.review.choices import Measure
from audit.views.answers import ANSWERS
from audit.views.present import review as present
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page


@page(right=Right.SEARCH_LOG, purpose="log_review", methods=("GET", "POST"), answers=ANSWERS)
def item(request: ActingRequest, item: UUID) -> HttpResponse:
    """Show one item, or take the verdict and go on."""
    found = access.open_item(item=item, actor=request.actor, at=request.now)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            judging.judge(item=found, **form.verdict(), by=request.actor, now=request.now)
        except judging.RemarkMissing:
            refuse_empty_remark(form)
        else:
            return redirect(_next(request, found.review_id, found.place))
    context = present.item(item=found, actor=request.actor, form=form)
    return render(request, "audit/review_item.html", context, status=422 if form.errors else 200)


@page(right=Right.SEARCH_LOG, purpose="log_review", methods=("GET", "POST"), answers=ANSWERS)
def follow_up(request: ActingRequest, item: UUID) -> HttpResponse:
    """Write down what a remark led to."""
    found = access.open_item(item=item, actor=request.actor, at=request.now)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        judging.follow_up(
            item=found,
            measure=Measure(form.cleaned_data["measure"]),
            text=form.cleaned_data["text"],
            by=request.actor,
            now=request.now,
        )
        messages.success(request, _("Uppföljningen är antecknad."))
        return redirect("audit:review")
    context = present.item(item=found, actor=request.actor, form=form)
    return render(request, "audit/review_follow_up.html", context, status=422 if form.errors else 200)


def _next(request: ActingRequest, review: UUID, place: int) -> str:
    waiting = queries.next_for(review=review, actor=request.actor, after=place)
    if waiting is None:
        return reverse("audit:review_month", args=[review])
    return reverse("audit:review_item", args=[waiting.pk])
