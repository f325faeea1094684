"""The follow-ups of a case, as `components/records.html` reads them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import Crime, Housing, KnownThreat, Occupation, Point, Reached, Substance
from cases.queries.rows import FollowUp


def records(opened: Opened, follow_ups: list[FollowUp]) -> list[dict[str, Any]]:
    """Each follow-up, the first first."""
    return [_record(opened, follow_up) for follow_up in follow_ups]


def _record(opened: Opened, follow_up: FollowUp) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"f-{follow_up.pk}",
        "title": Point(follow_up.months).label,
        "sub": _("Antecknad av %(name)s") % {"name": follow_up.created_by.name},
        "rows": [
            {"key": _("Datum"), "day": follow_up.happened_on},
            {"key": _("Kontakt"), "value": Reached(follow_up.reached).label},
            {"key": _("Boende"), "value": Housing(follow_up.housing).label},
            {"key": _("Sysselsättning"), "value": Occupation(follow_up.occupation).label},
            {"key": _("Missbruk"), "value": Substance(follow_up.substance).label},
            {"key": _("Hot"), "value": KnownThreat(follow_up.threat).label},
            {"key": _("Nytt brott"), "value": Crime(follow_up.crime).label},
            {"key": _("Kommentar"), "value": follow_up.comment},
        ],
    }
    if opened.may(Question.FOLLOW_UP):
        url = reverse("cases:case_follow_up", args=[opened.case.pk, follow_up.pk])
        found["actions"] = [{"label": _("Ändra"), "url": url}]
    return found
