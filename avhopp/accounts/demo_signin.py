"""The demo's sign-in: choose a colleague and be her, by one click that counts as password and second factor.

Its addresses exist only when `settings.DEMO` is true (urls.py), and the demo serves this machine alone.
Everything behind the click is the real thing: session, limits, record.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avhopp.accounts import freshness, queries
from avhopp.accounts.roles import RIGHT_SENTENCES, RIGHTS, Right, Role
from avhopp.web.guard import page

if not settings.DEMO:
    raise ImproperlyConfigured("the demo's sign-in is only for the demo")


@login_not_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show the colleagues, or sign in as one of them."""
    if request.method == "GET":
        people = [_card(person) for person in queries.open_accounts()]
        return render(request, "accounts/demo.html", {"people": people, "action": request.get_full_path()})
    try:
        person = queries.open_account(UUID(request.POST.get("person", "")))
    except ValueError:
        person = None
    if person is None:
        raise Http404
    adapter = get_adapter()
    if request.user.is_authenticated:
        adapter.logout(request)
    record_authentication(request, person, "demo")
    adapter.login(request, person)
    target = get_next_redirect_url(request)
    response: HttpResponse = adapter.post_login(
        request,
        person,
        redirect_url=target,
        email_verification="none",
        signal_kwargs=None,
        email=None,
        signup=False,
    )
    return response


@page(right=None, purpose="own_account", methods=("GET", "POST"))
def confirm(request: HttpRequest) -> HttpResponse:
    """Stand in for the key or the app when the demo asks who one is."""
    if request.method == "GET":
        return render(request, "accounts/demo_confirm.html", {"next": request.GET.get("next", "")})
    record_authentication(request, request.user, "demo", reauthenticated=True)
    freshness.confirmed(request)
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse(settings.LOGIN_REDIRECT_URL))


def _card(person: Any) -> dict[str, str]:
    rights = [_(RIGHT_SENTENCES[right]) for right in Right if right in RIGHTS[Role(person.role)]]
    return {
        "key": str(person.pk),
        "name": person.name,
        "first_name": person.name.split()[0],
        "role": _(person.role_name),
        "text": rights[0],
    }
