"""The month's work, the table of months, and one month with its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.events import Actor
from audit.review import evidence, queries
from audit.review.choices import ItemKind, Verdict
from audit.review.months import Month
from audit.review.policies import may_judge
from audit.review.queries import Round
from audit.review.rank import Reason
from audit.review.rows import Review, ReviewItem
from avhopp.accounts.roles import Right, may_try

COLOURS = {Verdict.CLEAR.value: "green", Verdict.REMARK.value: "red"}


def month_name(month: Month) -> str:
    """The month in words: mars 2026."""
    return str(date_format(month.first_day, "F Y"))


def month_step(rounds: Sequence[Round], *, actor: Actor, today: date) -> dict[str, Any] | None:
    """What the reader should do now, or None when nothing waits for her."""
    waiting = [each for each in reversed(rounds) if each.signature is None]
    if may_try(role=actor.role, right=Right.LEAD_REVIEW):
        return _lead_step(waiting[0], actor) if waiting else None
    mine = next((each for each in waiting if each.for_officer_left), None)
    return _officer_step(mine, actor) if mine else None


def _lead_step(this: Round, actor: Actor) -> dict[str, Any]:
    name = month_name(this.month)
    step: dict[str, Any] = {"month": name, "due": this.month.due_on, "code": this.month.code}
    if this.review is None:
        return step | {
            "title": _("Dra stickprovet för %(month)s") % {"month": name},
            "text": _(
                "Lotten är bestämd i förväg och kan inte väljas. Regelträffarna tas fram på samma gång."
            ),
            "label": _("Dra månadens stickprov"),
            "draws": True,
        }
    progress = {"judged": this.judged, "items": this.items}
    waiting = queries.next_for(review=this.review.pk, actor=actor)
    if waiting:
        left = ngettext("%(n)s kvar att bedöma.", "%(n)s kvar att bedöma.", this.left) % {"n": this.left}
        return step | {
            "title": _("Granska %(month)s") % {"month": name},
            "text": left,
            "label": _("Fortsätt granska") if this.judged else _("Börja granska"),
            "url": reverse("audit:review_item", args=[waiting.pk]),
            "progress": progress,
        }
    place = reverse("audit:review_month", args=[this.review.pk])
    if this.left:
        return step | {
            "title": _("%(month)s väntar på dataskyddsombudet") % {"month": name.capitalize()},
            "text": _("Det som är kvar gäller logggranskarna själva och bedöms av dataskyddsombudet."),
            "label": _("Visa månaden"),
            "url": place,
            "progress": progress,
        }
    return step | {
        "title": _("Signera %(month)s") % {"month": name},
        "text": _("Allt är bedömt. Läs igenom och signera."),
        "label": _("Läs och signera"),
        "url": place,
        "progress": progress,
    }


def _officer_step(this: Round, actor: Actor) -> dict[str, Any] | None:
    assert this.review is not None
    waiting = queries.next_for(review=this.review.pk, actor=actor)
    if waiting is None:
        return None
    number = this.for_officer_left
    return {
        "month": month_name(this.month),
        "due": this.month.due_on,
        "title": _("Bedöm logggranskarnas egna händelser"),
        "text": ngettext("%(n)s del väntar på dig.", "%(n)s delar väntar på dig.", number) % {"n": number},
        "label": _("Börja granska"),
        "url": reverse("audit:review_item", args=[waiting.pk]),
    }


def overview(
    *, rounds: Sequence[Round], remarks: Sequence[ReviewItem], actor: Actor, today: date
) -> dict[str, Any]:
    """The page Loggkontroll."""
    return {
        "step": month_step(rounds, actor=actor, today=today),
        "late": [month_name(each.month) for each in reversed(rounds) if each.is_late(today=today)],
        "remarks": [_remark(item, actor, today) for item in remarks],
        "columns": [
            {"label": label}
            for label in (_("Månad"), _("Läge"), _("Bedömda"), _("Anmärkningar"), _("Signerad"))
        ],
        "rows": [_row(each, today) for each in rounds],
        "today": today,
    }


def _row(this: Round, today: date) -> list[dict[str, Any]]:
    name = month_name(this.month).capitalize()
    first: dict[str, Any] = {"text": name}
    if this.review is not None:
        first["url"] = reverse("audit:review_month", args=[this.review.pk])
    signed = this.signature
    cells: list[dict[str, Any]] = [
        first,
        _state(this, today),
        {"text": f"{this.judged} / {this.items}" if this.review else "–"},
        {"text": str(this.remarks) if this.review else "–"},
        {"text": _signed(signed.signed_at, signed.signed_by.name) if signed else "–"},
    ]
    return cells


def _state(this: Round, today: date) -> dict[str, Any]:
    if this.signature:
        return {"tag": _("Signerad"), "colour": "green"}
    if this.is_late(today=today):
        return {"due": this.month.due_on}
    if this.review is None:
        return {"tag": _("Inte dragen"), "colour": "grey"}
    return {"tag": _("Pågår"), "colour": "yellow"}


def _remark(item: ReviewItem, actor: Actor, today: date) -> dict[str, Any]:
    judged_at: datetime = item.judged_at  # type: ignore[attr-defined]
    may = may_judge(actor=actor, person=item.person_id, for_officer=item.for_officer)
    return {
        "title": _("Anmärkning i %(month)s: %(name)s")
        % {"month": month_name(Month.of(item.review.month)), "name": item.person.name},
        "url": reverse("audit:review_follow_up", args=[item.pk]) if may else "",
        "due": queries.follow_up_due(judged_at=judged_at),
        "hint": "" if may else _("Följs upp av dataskyddsombudet."),
    }


def month(*, review: Review, actor: Actor, now: datetime, form: Any) -> dict[str, Any]:
    """One month: what was drawn, what was found, the verdicts, and the signature or the form for it."""
    this = next(each for each in queries.rounds(now=now) if each.review and each.review.pk == review.pk)
    items = list(queries.items(review=review.pk))
    numbers = evidence.numbers_of(items)
    waiting = queries.next_for(review=review.pk, actor=actor)
    return {
        "round": this,
        "name": month_name(this.month),
        "items": [_item_row(item, actor, numbers) for item in items],
        "facts": _facts(this),
        "next_url": reverse("audit:review_item", args=[waiting.pk]) if waiting else "",
        "may_sign": this.is_ready and may_try(role=actor.role, right=Right.LEAD_REVIEW),
        "form": form,
        "summary": this.signature.summary if this.signature else "",
    }


def _facts(this: Round) -> list[dict[str, Any]]:
    review = this.review
    assert review is not None
    found: list[dict[str, Any]] = [
        {"key": _("Dragen"), "value": _signed(review.drawn_at, review.drawn_by.name)},
        {"key": _("Har arbetat i år"), "value": review.people},
        {"key": _("Öppnade ärenden i månaden"), "value": review.readings},
        {"key": _("Månadens lott"), "value": review.seed},
        {"key": _("Årets löfte"), "value": queries.commitment_of(year=this.month.year)},
    ]
    if this.signature:
        value = _signed(this.signature.signed_at, this.signature.signed_by.name)
        found.insert(1, {"key": _("Signerad"), "value": value})
    return found


def _signed(at: datetime, who: str) -> str:
    return f"{timezone.localdate(at):%Y-%m-%d}, {who}"


def _item_row(item: ReviewItem, actor: Actor, numbers: Mapping[UUID, str]) -> dict[str, Any]:
    may = may_judge(actor=actor, person=item.person_id, for_officer=item.for_officer)
    verdict: str | None = item.verdict  # type: ignore[attr-defined]
    return {
        "place": item.place,
        "name": item.person.name,
        "url": reverse("audit:review_item", args=[item.pk]) if may else "",
        "kind": ItemKind(item.kind).label,
        "why": [*map(reason, evidence.reasons_of(item))] if may else [],
        "file": _file(item, numbers) if may else "",
        "day": item.starts_at,
        "verdict": Verdict(verdict).label if verdict else "",
        "colour": COLOURS[verdict] if verdict else "",
        "waits_for": "" if verdict or may else _judge_of(item, actor),
    }


def _judge_of(item: ReviewItem, actor: Actor) -> str:
    if item.for_officer:
        return _("Bedöms av dataskyddsombudet")
    return _("Bedöms av en logggranskare")


def _file(item: ReviewItem, numbers: Mapping[UUID, str]) -> str:
    file = evidence.file_of(item)
    return numbers.get(file, "") if file else ""


def reason(found: Reason) -> str:
    """A reason in words."""
    return _(found.sign.sentence) % {"number": found.number}


def item(*, item: ReviewItem, actor: Actor, form: Any) -> dict[str, Any]:
    """One item: why it is here, what happened, and what has been said of it."""
    review = item.review
    counted = queries.counts(review=review.pk)
    shown = evidence.evidence_of(item)
    found = queries.verdicts(item=item.pk)
    follow_up = queries.follow_up_of(item=item.pk)
    return {
        "item": item,
        "month": month_name(Month.of(review.month)),
        "kind": ItemKind(item.kind).label,
        "is_sample": item.kind == ItemKind.SAMPLE,
        "reasons": [reason(each) for each in evidence.reasons_of(item)],
        "file": _file(item, evidence.numbers_of([item])),
        "evidence": shown,
        "place": item.place,
        "items": counted,
        "verdicts": found,
        "is_signed": queries.is_signed(review=review.pk),
        "has_remark": bool(found) and found[0].verdict == Verdict.REMARK,
        "follow_up": follow_up,
        "form": form,
    }
