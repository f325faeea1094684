"""The parts of the unit's own pages, as `components/sub_nav.html` reads them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop

PARTS = (
    ("cases:providers", gettext_noop("Utförare")),
    ("cases:delegations", gettext_noop("Delegationsordning")),
    ("cases:delegated", gettext_noop("Beslut på delegation")),
    ("cases:staff_ties", gettext_noop("Anknytningar")),
    ("cases:disposals", gettext_noop("Gallring")),
    ("cases:imports", gettext_noop("Inläsningar")),
)


def parts(*, here: str) -> list[dict[str, Any]]:
    """The unit's pages, with the one that is open."""
    return [{"label": _(label), "url": reverse(name), "current": name == here} for name, label in PARTS]
