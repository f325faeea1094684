"""What every template gets: the frame of the page, with the navigation of the person's role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from avhopp.accounts.roles import ROLE_NAMES, Right, Role, may_try
from avhopp.translation import gettext_noop

NAVIGATION: tuple[tuple[str, str, Right | None], ...] = (
    ("start", gettext_noop("Mina uppgifter"), None),
    ("cases:list", gettext_noop("Mina ärenden"), Right.READ_CASES),
    ("cases:search", gettext_noop("Sök"), Right.READ_CASES),
    ("cases:enquiries", gettext_noop("Förfrågningar"), Right.HANDLE_ENQUIRIES),
    ("cases:approvals", gettext_noop("Godkännanden"), Right.APPROVE_STAGES),
    ("cases:incidents", gettext_noop("Händelser"), Right.REPORT_INCIDENTS),
    ("cases:providers", gettext_noop("Enheten"), Right.MANAGE_UNIT),
    ("audit:review", gettext_noop("Loggkontroll"), Right.SEARCH_LOG),
    ("audit:log", gettext_noop("Åtkomstlogg"), Right.SEARCH_LOG),
    ("followup:start", gettext_noop("Uppföljning"), Right.READ_FOLLOWUP),
    ("accounts:list", gettext_noop("Konton"), Right.MANAGE_ACCOUNTS),
    ("accounts:requests", gettext_noop("Att godkänna"), Right.APPROVE_ACCOUNTS),
    ("cases:catalogue", gettext_noop("Katalog"), Right.MANAGE_CATALOGUE),
    ("keys", gettext_noop("Nycklar"), Right.SEE_KEYS),
)
# What lies under an entry of the navigation, by how its view's name begins.
UNDER = {
    "start": ("cases:todo",),
    "cases:list": ("cases:case",),
    "audit:review": ("audit:review_", "audit:checkpoint", "audit:decoy"),
    "audit:log": ("audit:log_", "audit:leaf", "audit:access_then"),
    "cases:incidents": ("cases:incident", "cases:deviation", "cases:unit_request"),
    "cases:providers": (
        "cases:provider",
        "cases:delegat",
        "cases:staff_tie",
        "cases:disposals",
        "cases:certificate",
    ),
    "cases:catalogue": ("cases:catalogue",),
}
WARN_BEFORE_SECONDS = 120


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the frame, as `templates/base.html` reads it."""
    theme = request.COOKIES.get("theme", "")
    shell: dict[str, Any] = {
        "demo": settings.DEMO,
        "municipality": settings.MUNICIPALITY,
        "home_url": reverse("start"),
        "theme": theme if theme in {"light", "dark"} else "",
        "theme_url": reverse("theme"),
        "footer": [
            {"label": _("Om Avhopp"), "url": reverse("about")},
            {"label": _("Tillgänglighet"), "url": reverse("accessibility")},
        ],
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        shell |= _signed_in(request, user.name, user.role)
    return {"shell": shell}


def _signed_in(request: HttpRequest, name: str, role: str) -> dict[str, Any]:
    match = request.resolver_match
    view = match.view_name if match else ""
    return {
        "user_name": name,
        "role_label": _(ROLE_NAMES[Role(role)]),
        "sign_out_url": reverse("account_logout"),
        "sessions_url": reverse("accounts:sessions"),
        "home_address_url": reverse("cases:home") if may_try(role=role, right=Right.READ_CASES) else "",
        "nav": [
            {"label": _(label), "url": reverse(target), "current": _current(view, target)}
            for target, label, right in NAVIGATION
            if right is None or may_try(role=role, right=right)
        ],
        "idle_seconds": int(settings.SESSION_IDLE.total_seconds()),
        "warn_seconds": WARN_BEFORE_SECONDS,
        "stay_url": reverse("accounts:stay"),
        "ended_url": reverse("accounts:ended"),
        "demo_switch_url": _optional("accounts:choose"),
    }


def _current(view: str, target: str) -> str | bool:
    if view == target:
        return "page"
    return view.startswith(UNDER.get(target, ()))


def _optional(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
