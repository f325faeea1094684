"""A rhythm as two drawings, each with its table and its words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.pictures import HOURS, day_bars, heat_map
from audit.rhythm import Rhythm
from avhopp.translation import gettext_noop

WEEKDAYS = (
    (gettext_noop("måndag"), gettext_noop("mån")),
    (gettext_noop("tisdag"), gettext_noop("tis")),
    (gettext_noop("onsdag"), gettext_noop("ons")),
    (gettext_noop("torsdag"), gettext_noop("tors")),
    (gettext_noop("fredag"), gettext_noop("fre")),
    (gettext_noop("lördag"), gettext_noop("lör")),
    (gettext_noop("söndag"), gettext_noop("sön")),
)


def rhythm(found: Rhythm) -> dict[str, Any]:
    """What `components/rhythm.html` reads."""
    by_weekday, by_day = found.by_weekday(), found.by_day()
    heat = heat_map(counts=by_weekday)
    stretch = {"first": f"{found.first:%Y-%m-%d}", "last": f"{found.last:%Y-%m-%d}"}
    return {
        "total": found.total,
        "stretch": _("%(first)s till och med %(last)s") % stretch,
        "heat": heat,
        "edge": [(y, _(short)) for y, (__, short) in zip(heat.days, WEEKDAYS, strict=True)],
        "heat_words": _busiest(found),
        "days": day_bars(days=by_day),
        "day_words": _day_words(found),
        "hours": [f"{hour:02}" for hour in range(HOURS)],
        "table": [
            (_(name), [by_weekday[day, hour] for hour in range(HOURS)])
            for day, (name, __) in enumerate(WEEKDAYS)
        ],
        "dates": [
            (f"{day:%Y-%m-%d}", _(WEEKDAYS[day.weekday()][0]), number) for day, number in by_day if number
        ],
    }


def _busiest(found: Rhythm) -> str:
    if not found.total:
        return _("Inga läsningar.")
    (day, hour), most = max(found.by_weekday().items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
    said = {"day": _(WEEKDAYS[day][0]), "hour": f"{hour:02}", "next": f"{(hour + 1) % 24:02}", "most": most}
    return _("Flest på %(day)s mellan kl. %(hour)s och %(next)s: %(most)s.") % said


def _day_words(found: Rhythm) -> str:
    days = [(day, number) for day, number in found.by_day() if number]
    if not days:
        return _("Inga läsningar.")
    day, most = max(days, key=lambda item: (item[1], item[0]))
    on = ngettext("Läsningar på %(n)s dag.", "Läsningar på %(n)s dagar.", len(days)) % {"n": len(days)}
    return on + " " + _("Flest %(day)s: %(most)s.") % {"day": f"{day:%Y-%m-%d}", "most": most}
