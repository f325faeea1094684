"""The catalogue of law as tables and records. What awaits a lawyer's word says so in every place."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avhopp.translation import gettext_noop
from cases.catalogue.deadline_rules import EXTENSION_NAMES, UNIT_NAMES, Extension, Unit
from cases.catalogue.legal_bases import USE_NAMES, Use
from cases.queries.catalogue import Wordings
from cases.queries.rows import DeadlineRule, LegalBasis
from cases.views.present.person import yes_no

PARTS = (
    ("cases:catalogue", gettext_noop("Lagrum")),
    ("cases:catalogue_deadlines", gettext_noop("Tidsfrister")),
    ("cases:workflows", gettext_noop("Arbetssätt")),
)


def parts(*, here: str) -> list[dict[str, Any]]:
    """The pages of the catalogue, with the one that is open."""
    return [{"label": _(label), "url": reverse(name), "current": name == here} for name, label in PARTS]


def provisions(found: list[Wordings[LegalBasis]], *, today: date) -> list[dict[str, Any]]:
    """One table for each thing that provisions are used for."""
    tables = []
    for use in Use:
        rows = [
            [
                {
                    "text": each.last.place,
                    "url": reverse("cases:catalogue_provision", args=[each.last.pk]),
                },
                {"text": each.last.title},
                state(each, today=today),
            ]
            for each in sorted(found, key=lambda each: in_order(each.last.place))
            if each.last.use == use
        ]
        columns = [{"label": label} for label in (_("Lagrum"), _("Vad det gäller"), _("Läge"))]
        tables.append({"label": _(USE_NAMES[use]), "columns": columns, "rows": rows})
    return tables


def deadlines(
    found: list[Wordings[DeadlineRule]], *, law: dict[str, LegalBasis], today: date
) -> dict[str, Any]:
    """What `components/table.html` reads."""
    labels = (_("Tidsfrist"), _("Hur lång"), _("Lagrum"), _("Läge"))
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [
            [
                {
                    "text": _(each.last.name),
                    "url": reverse("cases:catalogue_deadline", args=[each.last.pk]),
                },
                {"text": length(each.last)},
                {"text": law[each.last.legal_basis].place if each.last.legal_basis in law else "–"},
                state(each, today=today),
            ]
            for each in found
        ],
    }


def state(each: Wordings[Any], *, today: date) -> dict[str, str]:
    """The one thing to know first: what ends or comes, else whether a lawyer must confirm it."""
    if each.coming is not None:
        return {
            "tag": _("Ny lydelse %(day)s") % {"day": f"{each.coming.valid_from:%Y-%m-%d}"},
            "colour": "blue",
        }
    if each.now is None:
        return {"tag": _("Har upphört"), "colour": "grey"}
    if each.now.valid_to is not None:
        return {"tag": _("Upphör %(day)s") % {"day": f"{each.now.valid_to:%Y-%m-%d}"}, "colour": "yellow"}
    if each.now.is_uncertain:
        return {"tag": _("Ska bekräftas av jurist"), "colour": "orange"}
    return {"tag": _("Gäller"), "colour": "green"}


def provision_records(each: Wordings[LegalBasis], *, today: date) -> list[dict[str, Any]]:
    """Every wording of a provision."""
    return [
        {
            "title": days(row),
            "tags": _tags(row, today),
            "rows": [
                {"key": _("Lagrum"), "value": row.place},
                {"key": _("Vad det gäller"), "value": row.title},
                {"key": _("Att tänka på"), "value": row.note},
                {"key": _("Bara utskottet beslutar"), "value": yes_no(row.needs_committee)},
            ],
        }
        for row in each.rows
    ]


def deadline_records(
    each: Wordings[DeadlineRule], *, law: dict[str, LegalBasis], today: date
) -> list[dict[str, Any]]:
    """Every wording of a deadline."""
    return [
        {
            "title": days(row),
            "tags": _tags(row, today),
            "rows": [
                {"key": _("Vad som ska göras"), "value": _(row.name)},
                {"key": _("Hur lång"), "value": length(row)},
                {"key": _("Lagrum"), "value": str(law.get(row.legal_basis, _("Verksamhetens egen")))},
                {"key": _("Förlängs med"), "value": _(EXTENSION_NAMES[Extension(row.extension)])},
                {"key": _("Flyttas från helg till nästa vardag"), "value": yes_no(row.moves)},
                {
                    "key": _("Visas i förväg"),
                    "value": ngettext("%(n)s dag före", "%(n)s dagar före", row.warn_days)
                    % {"n": row.warn_days},
                },
            ],
        }
        for row in each.rows
    ]


def length(row: DeadlineRule) -> str:
    """How long something may take, in words."""
    if row.unit == Unit.DAYS:
        return ngettext("%(n)s dag", "%(n)s dagar", row.length) % {"n": row.length}
    if row.unit == Unit.MONTHS:
        return ngettext("%(n)s månad", "%(n)s månader", row.length) % {"n": row.length}
    return _(UNIT_NAMES[Unit(row.unit)])


def days(row: LegalBasis | DeadlineRule) -> str:
    """From when to when."""
    if row.was_taken_back:
        return _("Skulle ha gällt från %(day)s") % {"day": f"{row.valid_from:%Y-%m-%d}"}
    last = f"{row.valid_to:%Y-%m-%d}" if row.valid_to else _("tills vidare")
    return f"{row.valid_from:%Y-%m-%d} – {last}"


def in_order(place: str) -> list[tuple[int, int, str]]:
    """A provision's place as it is counted: chapter 3 before 10, and 2 § before 15 a §."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", place)]


def _tags(row: LegalBasis | DeadlineRule, today: date) -> list[dict[str, str]]:
    if row.was_taken_back:
        tags = [{"text": _("Togs tillbaka"), "colour": "grey"}]
    elif row.is_in_force(today):
        tags = [{"text": _("Gäller"), "colour": "green"}]
    elif row.valid_from > today:
        tags = [{"text": _("Kommande"), "colour": "blue"}]
    else:
        tags = [{"text": _("Tidigare"), "colour": "grey"}]
    if row.is_uncertain:
        tags.append({"text": _("Ska bekräftas av jurist"), "colour": "orange"})
    return tags
