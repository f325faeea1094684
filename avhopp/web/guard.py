"""The decorator of every page: who may try it, in which scope it opens sealed fields, and what a refusal looks like.

A page's response is complete before its transaction commits, and its transaction holds the record; so nothing is
shown that is not recorded. Apps name their own exceptions and answers with `answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit import log
from audit.events import Actor, Kind, declare
from avhopp.accounts.circumstances import actor_of
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed.scope import CryptoScope
from avhopp.translation import gettext_noop
from avhopp.web import errors

Answer = Callable[[HttpRequest, Actor, Any], HttpResponse]
Answers = Mapping[type[Exception], Answer]

PAGE_REFUSED = declare("page.refused", Kind.REFUSAL, gettext_noop("nekades en sida som rollen inte når"))


class ActingRequest(HttpRequest):
    """A request that has passed the guard: who acts, and when."""

    actor: Actor
    now: Any


def page(
    *, right: Right | None, purpose: str, methods: tuple[str, ...] = ("GET",), answers: Answers | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a view: `right` says which roles may try it (None: everyone who is signed in).

    `answers` maps exceptions of the verbs below to responses. What a refused verb has changed is rolled back; the
    leaves that its answer writes stay.
    """

    answers = answers or {}

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor = actor_of(request)
            request.now = timezone.now()
            if right is not None and not may_try(role=request.actor.role, right=right):
                log.record(event=PAGE_REFUSED, actor=request.actor, at=request.now, basis="role")
                return errors.page(403)
            try:
                with CryptoScope(actor=request.actor, purpose=purpose, at=request.now):
                    return _viewed(request, view, *args, **kwargs)
            except tuple(answers) as error:
                # A scope of its own: what the refused verb had opened was rolled back together with its leaf.
                with CryptoScope(actor=request.actor, purpose=purpose, at=request.now):
                    answer = next(answers[kind] for kind in type(error).__mro__ if kind in answers)
                    return answer(request, request.actor, error)

        checked = require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))(guarded)
        checked.right = right  # type: ignore[attr-defined]
        return checked

    return decorate


def _viewed(
    request: ActingRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any
) -> HttpResponse:
    # Reading changes nothing but the record, which must stay; so only writing gets a savepoint.
    if request.method in {"GET", "HEAD"}:
        return view(request, *args, **kwargs)
    with transaction.atomic():
        return view(request, *args, **kwargs)
