"""Mappings of needs in words and numbers: what is needed now, and what has moved since the last time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import needs
from cases.access import Opened
from cases.needs import AREA_NAMES, PRIORITY_NAMES, SCORE_NAMES, Priority
from cases.policies import Question
from cases.queries.mappings import in_order
from cases.queries.rows import NeedsMapping
from cases.trend import Trend, Value, draw, with_sign
from cases.views.present.drafts import actions, originals, signature, state


def moved(number: int | None) -> dict[str, str]:
    """A change of need as a tag: the words and the sign say it, the colour only repeats it."""
    if number is None:
        return {"text": "–"}
    if number == 0:
        return {"tag": _("Oförändrat 0"), "colour": "grey"}
    words = _("Minskat %(sign)s") if number < 0 else _("Ökat %(sign)s")
    return {"tag": words % {"sign": with_sign(number)}, "colour": "green" if number < 0 else "orange"}


def total_in_words(mapping: NeedsMapping, before: NeedsMapping | None) -> str:
    """The total and what has moved, as a sentence."""
    total = needs.total(mapping.scores)
    words = _("%(points)s av %(most)s poäng i %(areas)s bedömda områden.") % {
        "points": total.points,
        "most": total.most,
        "areas": total.areas,
    }
    moved = needs.total_change(before=before.scores, after=mapping.scores) if before else None
    if before is None or moved is None:
        return words
    change = {
        "day": f"{before.mapped_on:%Y-%m-%d}",
        "points": abs(moved.points),
        "sign": with_sign(moved.points),
        "areas": moved.areas,
    }
    if moved.points < 0:
        tail = _("Behovet har minskat med %(points)s (%(sign)s) sedan %(day)s, i %(areas)s jämförda områden.")
    elif moved.points > 0:
        tail = _("Behovet har ökat med %(points)s (%(sign)s) sedan %(day)s, i %(areas)s jämförda områden.")
    else:
        tail = _("Behovet är oförändrat sedan %(day)s, i %(areas)s jämförda områden.")
    return f"{words} {tail % change}"


def entry(opened: Opened, mapping: NeedsMapping, before: NeedsMapping | None) -> dict[str, Any]:
    """One mapping as `components/record.html` reads it, compared with the one before."""
    return {
        "id": f"n-{mapping.pk}",
        "title": _("Kartläggning %(day)s") % {"day": _day(mapping)},
        "tags": [state(mapping)],
        "sub": signature(mapping),
        "lead": total_in_words(mapping, before),
        "table": _table(mapping, before),
        "note": _left_out(mapping),
        "parts": texts(mapping),
        "originals": originals(mapping, parts=_before),
        "actions": actions(opened, mapping, address="cases:case_mapping", writes=Question.EDIT_CASE),
    }


def section(opened: Opened, mappings: list[NeedsMapping]) -> dict[str, Any]:
    """What the page shows: drafts, the story when there is one, and every signed mapping, the newest open."""
    signed = in_order(mappings)
    before = [None, *signed][:-1]
    records = [entry(opened, each, was) for each, was in zip(signed, before, strict=True)][::-1]
    return {
        "drafts": [draft(opened, each) for each in mappings if not each.is_signed],
        "story": story(signed) if signed else None,
        "mappings": [*records[:1], *({**record, "earlier": True} for record in records[1:])],
    }


def draft(opened: Opened, mapping: NeedsMapping) -> dict[str, Any]:
    """A mapping that is not signed yet, as `components/record.html` reads it."""
    return {
        "title": _("Kartläggning"),
        "tags": [state(mapping)],
        "sub": signature(mapping),
        "actions": actions(opened, mapping, address="cases:case_mapping", writes=Question.EDIT_CASE),
    }


def story(mappings: list[NeedsMapping]) -> dict[str, Any]:
    """All signed mappings, the oldest first, as a drawing and its table."""
    rows: list[list[dict[str, Any]]] = []
    before: NeedsMapping | None = None
    for mapping in mappings:
        total = needs.total(mapping.scores)
        change = needs.total_change(before=before.scores, after=mapping.scores) if before else None
        rows.append(
            [
                {"text": _day(mapping), "url": f"#n-{mapping.pk}"},
                {"text": f"{total.points}\u00a0/\u00a0{total.most}", "numeric": True},
                moved(change.points if change else None),
            ]
        )
        before = mapping
    return {
        "trend": trend(mappings),
        "columns": [
            {"label": _("Dag")},
            {"label": _("Poäng"), "numeric": True},
            {"label": _("Förändring")},
        ],
        "rows": list(reversed(rows)),
    }


def trend(mappings: list[NeedsMapping]) -> Trend:
    """Each mapping's need in per cent of what it could be, so that mappings of more and fewer areas compare."""
    values = []
    for mapping in mappings:
        total = needs.total(mapping.scores)
        share = round(100 * total.points / total.most) if total.most else 0
        values.append(Value(mapping.mapped_on, share, _("%(share)s %%") % {"share": share}))
    return draw(values=values, scale=[(0, "0"), (25, "25"), (50, "50"), (75, "75"), (100, "100")])


def texts(mapping: NeedsMapping) -> list[dict[str, str]]:
    """What is written around the areas."""
    return _parts({"client_view": mapping.client_view, "summary": mapping.summary})


def parts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The whole mapping as text under headings, for comparing two and for keeping one."""
    day = content.get("mapped_on")
    shown = [{"label": _("Dag"), "text": f"{day:%Y-%m-%d}"}] if day else []
    for area, said in (content.get("areas") or {}).items():
        shown.append({"label": _(AREA_NAMES[needs.Area(area)]), "text": _area_in_words(said)})
    return shown + _parts(content)


def _before(mapping: NeedsMapping) -> list[dict[str, str]]:
    return parts({name: getattr(mapping, name) for name in mapping.content if name != "correction_reason"})


def _day(mapping: NeedsMapping) -> str:
    return f"{mapping.mapped_on:%Y-%m-%d}" if mapping.mapped_on else ""


def _table(mapping: NeedsMapping, before: NeedsMapping | None) -> dict[str, Any]:
    labels = [_("Område"), _("Behov")]
    if before:
        labels += [_("Förra"), _("Förändring")]
    labels += [_("När?"), _("Nuläge och mål")]
    rows = []
    for area, name in AREA_NAMES.items():
        said = (mapping.areas or {}).get(area)
        if not said:
            continue
        compared: list[dict[str, Any]] = []
        if before:
            was = before.scores.get(area)
            change = needs.change(before=before.scores, after=mapping.scores, area=area)
            compared = [{"text": _score(was)}, moved(change)]
        rows.append(
            [
                {"text": _(name)},
                {"text": _score_in_words(said.get("score"))},
                *compared,
                {"text": _(PRIORITY_NAMES[Priority(said["priority"])]) if said.get("priority") else "–"},
                {"text": "\n".join(line for line in (said.get("state"), _goal(said)) if line)},
            ]
        )
    return {"columns": [{"label": label} for label in labels], "rows": rows}


def _left_out(mapping: NeedsMapping) -> str:
    number = len(AREA_NAMES) - needs.total(mapping.scores).areas
    words = ngettext("%(n)s område är inte bedömt.", "%(n)s områden är inte bedömda.", number)
    return words % {"n": number} if number else ""


def _goal(said: Mapping[str, Any]) -> str:
    return _("Mål: %(goal)s") % {"goal": said["goal"]} if said.get("goal") else ""


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)


def _score_in_words(score: int | None) -> str:
    return _("Inte bedömt") if score is None else f"{score} – {_(SCORE_NAMES[score])}"


def _area_in_words(said: Mapping[str, Any]) -> str:
    priority = _(PRIORITY_NAMES[Priority(said["priority"])]) if said.get("priority") else ""
    lines = (_score_in_words(said.get("score")), priority, said.get("state"), _goal(said))
    return "\n".join(str(line) for line in lines if line)


def _parts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    shown = [
        (_("Den enskildes egen bild"), content.get("client_view")),
        (_("Sammanfattning"), content.get("summary")),
        (_("Skäl för rättelsen"), content.get("correction_reason")),
    ]
    return [{"label": label, "text": str(text)} for label, text in shown if text]
