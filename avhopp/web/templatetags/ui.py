"""The words and marks that pages share: icons, dates, due dates, tags and the frames around a piece of content.

They exist so that one thing looks and reads the same everywhere. They never fetch, decide or open anything: what a
page may show is settled before a template is reached. The present day can be given (`today`), so that pages can be
tested without waiting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avhopp.web.templatetags.icons import PATHS

register = template.Library()

BANNERS = {"info": "info", "success": "check", "warning": "alert", "error": "alert", "guarded": "shield"}
COLOURS = {"", "blue", "green", "yellow", "orange", "red", "purple", "grey"}
SOON_DAYS = 7


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without a label it is decoration and hidden from assistive technology."""
    # Safe because PATHS holds constants of ours and is looked up, never composed.
    drawing = mark_safe(PATHS[name])  # noqa: S308
    if label:
        return format_html(
            '<svg class="app-icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, drawing
        )
    return format_html(
        '<svg class="app-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', drawing
    )


@register.simple_tag
def when(value: date | datetime | None, missing: str = "–") -> SafeString:
    """Write a day as ÅÅÅÅ-MM-DD and a moment as ÅÅÅÅ-MM-DD kl. HH.MM, Stockholm time, in a <time> element."""
    if value is None:
        return format_html("{}", missing)
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        shown = _("%(day)s kl. %(clock)s") % {"day": f"{moment:%Y-%m-%d}", "clock": f"{moment:%H.%M}"}
        return format_html(
            '<time datetime="{}">{}</time>',
            moment.isoformat(timespec="minutes"),
            shown.replace(" ", "\u00a0"),
        )
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat())


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """Write a state in words on a colour; the colour never says anything that the words do not."""
    if colour not in COLOURS:
        raise template.TemplateSyntaxError(f"{colour!r} is no tag colour; take one of {sorted(COLOURS)}.")
    extra = f" govuk-tag--{colour}" if colour else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', extra, text)


@register.simple_tag
def due(day: date | datetime | None, today: date | None = None, done: bool = False) -> SafeString:
    """Say how long is left until a day: late, today, within a week, or later."""
    if done:
        return tag(_("Klart"), "green")
    if day is None:
        return tag(_("Inget slutdatum"), "grey")
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        return tag(ngettext("Försenad %(n)s dag", "Försenad %(n)s dagar", -left) % {"n": -left}, "red")
    if left == 0:
        return tag(_("I dag"), "yellow")
    text = ngettext("Om %(n)s dag", "Om %(n)s dagar", left) % {"n": left}
    return tag(text, "" if left <= SOON_DAYS else "grey")


@register.simple_tag
def cell(content: Mapping[str, Any], first: bool = False, today: date | None = None) -> SafeString:
    """Write one cell of a table: a link, a tag, a due date, a day or words; the first of a row is its heading.

    In Python, since a page of a list has more than a hundred and a template looks each missing key up the slow way.
    """
    get = content.get
    if get("url"):
        shown = format_html('<a class="govuk-link" href="{}">{}</a>', content["url"], get("text", ""))
    elif get("tag"):
        shown = tag(content["tag"], get("colour") or "")
    elif get("due"):
        shown = due(content["due"], today=today)
    elif get("day"):
        shown = when(content["day"])
    else:
        shown = _lines(get("text", ""))
    if get("sub"):
        shown = format_html('{}<span class="app-cell__sub">{}</span>', shown, _lines(content["sub"]))
    if first:
        return format_html('<th scope="row" class="govuk-table__header">{}</th>', shown)
    numeric = " govuk-table__cell--numeric" if get("numeric") else ""
    nowrap = " govuk-table__cell--nowrap" if get("day") or get("due") or get("nowrap") else ""
    return format_html('<td class="govuk-table__cell{}{}">{}</td>', numeric, nowrap, shown)


def _lines(text: Any) -> SafeString:
    escaped: SafeString = linebreaksbr(text)
    return escaped


@register.filter
def initials(name: str) -> str:
    """Give the first letters of the first and the last name, for the round mark beside a colleague."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


@register.simple_block_tag
def banner(content: str, kind: str = "info", title: str = "", live: bool = False) -> SafeString:
    """Frame a message to the reader; `live` makes it be read out when it arrives after the page."""
    if kind not in BANNERS:
        raise template.TemplateSyntaxError(f"{kind!r} is no banner; take one of {sorted(BANNERS)}.")
    role = mark_safe(' role="alert"' if kind == "error" else ' role="status"') if live else ""  # noqa: S308
    heading = format_html('<p class="app-banner__title">{}</p>', title) if title else ""
    return format_html(
        '<div class="app-banner app-banner--{}"{}>{}<div class="app-banner__words">{}{}</div></div>',
        kind,
        role,
        icon(BANNERS[kind]),
        heading,
        content,
    )


@register.simple_block_tag
def card(content: str, title: str = "", flush: bool = False) -> SafeString:
    """Frame a part of a page under its own heading of the second level."""
    heading = format_html('<h2 class="govuk-heading-m app-card__title">{}</h2>', title) if title else ""
    extra = " app-card--flush" if flush else ""
    return format_html('<section class="app-card{}">{}{}</section>', extra, heading, content)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """Let a wide table scroll by itself, also by keyboard, so that the page never does."""
    return format_html(
        '<div class="app-scroll" role="region" tabindex="0" aria-label="{}">{}</div>', label, content
    )
