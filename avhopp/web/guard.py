"""The decorator of every page: who may try it, in which scope it opens sealed fields, and what a refusal looks like.

A page's response is complete before its transaction commits, and its transaction holds the record; so nothing is
shown that is not recorded. Apps name their own exceptions and answers with `answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
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
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Guard a view: `right` says which roles may try it (None: everyone who is signed in).

    `answers` maps exceptions of the verbs below to responses. A verb is a transaction of its own and takes back what
    it had changed; the gate's leaves before it stay, refusals among them.
    """

    answers = answers or {}

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.actor = actor_of(request)
            request.now = timezone.now()
            if right is not None and not may_try(role=request.actor.role, right=right):
                log.record(event=PAGE_REFUSED, actor=request.actor, at=request.now, basis="role")
                return errors.page(403)
            try:
                with CryptoScope(actor=request.actor, purpose=purpose, at=request.now):
                    return view(request, *args, **kwargs)
            except tuple(answers) as error:
                # A scope of its own: what a refused verb had opened was rolled back together with its leaf.
                with CryptoScope(actor=request.actor, purpose=purpose, at=request.now):
                    answer = next(answers[kind] for kind in type(error).__mro__ if kind in answers)
                    return answer(request, request.actor, error)

        checked = require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))(guarded)
        checked.right = right  # type: ignore[attr-defined]
        return checked

    return decorate
