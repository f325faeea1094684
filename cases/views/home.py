"""Hemadress: where the reader lives, so that she is asked about jäv in a case from the same address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from avhopp.accounts.circumstances import account_of
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.actions import impartiality as actions
from cases.forms.home import HomeForm
from cases.queries.impartiality import home_address


@sensitive_post_parameters()
@page(right=Right.READ_CASES, purpose="own_account", methods=("GET", "POST"))
def home(request: ActingRequest) -> HttpResponse:
    """Say where one lives, or see since when it is known."""
    form = HomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.say_home(address=form.address, by=request.actor, now=request.now)
        return redirect("cases:home")
    context = {"form": form, "kept": home_address(account_of(request))}
    return render(request, "cases/home.html", context, status=422 if form.errors else 200)


@page(right=Right.READ_CASES, purpose="own_account", methods=("POST",))
def forget(request: ActingRequest) -> HttpResponse:
    """Take it back."""
    actions.forget_home(by=request.actor, now=request.now)
    return redirect("cases:home")
