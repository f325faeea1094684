"""The systemadministratör's pages: accounts, never a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.events import Actor
from avhopp.accounts import actions, queries, second_person, sessions
from avhopp.accounts.circumstances import account_of
from avhopp.accounts.forms import AccountForm, RoleForm, UnitForm
from avhopp.accounts.freshness import fresh_authentication_required
from avhopp.accounts.policies import NotAllowed
from avhopp.accounts.roles import RIGHT_SENTENCES, RIGHTS, ROLE_NAMES, Right, Role
from avhopp.accounts.second_person import RequestKind
from avhopp.web import errors
from avhopp.web.guard import ActingRequest, Answers, page

PURPOSE = "accounts"


def refused(request: HttpRequest, actor: Actor, error: NotAllowed) -> HttpResponse:
    """Show why an act was refused."""
    return render(request, "accounts/refused.html", {"reason": _(error.reason)}, status=409)


def missing(request: HttpRequest, actor: Actor, error: queries.NoSuchAccount) -> HttpResponse:
    """Answer as for any page that is not there."""
    return errors.page(404)


answers: Answers = {NotAllowed: refused, queries.NoSuchAccount: missing}
reading = page(right=Right.MANAGE_ACCOUNTS, purpose=PURPOSE, answers=answers)
acting = page(right=Right.MANAGE_ACCOUNTS, purpose=PURPOSE, methods=("POST",), answers=answers)


@reading
def accounts(request: ActingRequest) -> HttpResponse:
    """List every account."""
    return render(request, "accounts/list.html", {"accounts": queries.accounts()})


@page(right=Right.MANAGE_ACCOUNTS, purpose=PURPOSE, methods=("GET", "POST"))
@fresh_authentication_required
def new(request: ActingRequest) -> HttpResponse:
    """Make an account."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_account(**form.cleaned_data, by=request.actor, now=request.now)
        except NotAllowed as error:
            form.add_error("email", _(error.reason))
        else:
            return redirect("accounts:account", made.pk)
    return render(request, "accounts/new.html", {"form": form, "roles": _roles()})


@reading
def account(request: ActingRequest, account: UUID) -> HttpResponse:
    """Show an account and what may be done to it."""
    shown = queries.account(account)
    return render(
        request,
        "accounts/account.html",
        {
            "account": shown,
            "factors": queries.factor_names(shown.pk),
            "sittings": sessions.of_account(shown.pk).count(),
            "is_own": shown.pk == account_of(request),
            "waiting": queries.waiting_requests(account=shown.pk),
            "role_form": RoleForm(initial={"role": shown.role}),
            "unit_form": UnitForm(initial={"unit": shown.unit_id}),
        },
    )


@acting
@fresh_authentication_required
def close(request: ActingRequest, account: UUID) -> HttpResponse:
    """Close an account."""
    actions.close_account(account=queries.account(account).pk, by=request.actor, now=request.now)
    return redirect("accounts:account", account)


@acting
@fresh_authentication_required
def reopen(request: ActingRequest, account: UUID) -> HttpResponse:
    """Ask that a closed account be opened."""
    _ask(request, account, RequestKind.OPEN)
    return redirect("accounts:account", account)


@acting
@fresh_authentication_required
def role(request: ActingRequest, account: UUID) -> HttpResponse:
    """Ask for another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Välj en av rollerna."))
    chosen: Role = form.cleaned_data["role"]
    _ask(request, account, RequestKind.ROLE, role=chosen)
    return redirect("accounts:account", account)


@acting
@fresh_authentication_required
def unit(request: ActingRequest, account: UUID) -> HttpResponse:
    """Ask for another unit."""
    form = UnitForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Välj en av enheterna."))
    chosen = form.cleaned_data["unit"]
    _ask(request, account, RequestKind.UNIT, unit=chosen)
    return redirect("accounts:account", account)


@acting
@fresh_authentication_required
def authorise(request: ActingRequest, account: UUID) -> HttpResponse:
    """Write down that somebody is authorised to work with children."""
    actions.authorise_for_children(account=queries.account(account).pk, by=request.actor, now=request.now)
    return redirect("accounts:account", account)


@acting
@fresh_authentication_required
def end_authorisation(request: ActingRequest, account: UUID) -> HttpResponse:
    """Write down that somebody is no longer authorised to work with children."""
    found = queries.account(account)
    actions.end_authorisation_for_children(account=found.pk, by=request.actor, now=request.now)
    return redirect("accounts:account", account)


@acting
def end_sittings(request: ActingRequest, account: UUID) -> HttpResponse:
    """End all sittings of an account at once; no confirmation, since it may be urgent and harms nobody."""
    actions.end_sessions(account=queries.account(account).pk, by=request.actor, now=request.now)
    return redirect("accounts:account", account)


@acting
@fresh_authentication_required
def link(request: ActingRequest, account: UUID) -> HttpResponse:
    """Make a one-time link and show it, this once."""
    token = actions.one_time_link(account=queries.account(account).pk, by=request.actor, now=request.now)
    address = request.build_absolute_uri(reverse("accounts:one_time_link", args=[token]))
    return render(request, "accounts/link.html", {"link": address, "account": queries.account(account)})


@page(right=Right.APPROVE_ACCOUNTS, purpose=PURPOSE, answers=answers)
def requests(request: ActingRequest) -> HttpResponse:
    """What waits for somebody else's approval."""
    return render(request, "accounts/requests.html", {"waiting": queries.waiting_requests()})


@page(right=Right.APPROVE_ACCOUNTS, purpose=PURPOSE, methods=("POST",), answers=answers)
@fresh_authentication_required
def decide(request: ActingRequest, waiting: UUID) -> HttpResponse:
    """Approve or decline."""
    verb = second_person.approve if request.POST.get("do") == "approve" else second_person.decline
    verb(request=waiting, by=request.actor, now=request.now)
    return redirect("accounts:requests")


def _ask(request: ActingRequest, account: UUID, kind: RequestKind, **wanted: Any) -> None:
    found = queries.account(account).pk
    second_person.ask(account=found, kind=kind, by=request.actor, now=request.now, **wanted)
    messages.success(request, _("Begäran är gjord. Någon annan måste godkänna den."))


def _roles() -> list[tuple[str, list[str]]]:
    """Each role's name with the sentences of its rights."""
    return [
        (_(ROLE_NAMES[role]), [_(RIGHT_SENTENCES[right]) for right in Right if right in RIGHTS[role]])
        for role in Role
    ]
