"""What notes, mappings and assessments show alike: who wrote, what was put right, and what may be done next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.rows import Assessment, NeedsMapping, Note, Plan, User

Written = Note | NeedsMapping | Assessment | Plan
Parts = list[dict[str, str]]


def author(user: User) -> str:
    """A colleague's name with her title (SOSFS 2014:5)."""
    return f"{user.name}, {user.title}" if user.title else str(user.name)


def signature(row: Written) -> str:
    """Who signed it, or who began it."""
    if row.signed_by is None:
        return _("Påbörjad av %(who)s.") % {"who": author(row.author)}
    return _("Signerad av %(who)s.") % {"who": author(row.signed_by)}


def state(row: Written) -> dict[str, str]:
    """Draft, signed or put right, as a tag."""
    if not row.is_signed:
        return {"text": _("Utkast – inte signerat"), "colour": "yellow"}
    if row.corrects_id:
        return {"text": _("Rättad"), "colour": "purple"}
    return {"text": _("Signerad"), "colour": "green"}


def originals(row: Written, *, parts: Callable[[Any], Parts]) -> list[dict[str, Any]]:
    """What a signed correction replaced, newest first, each with who, when and why; `parts` gives its text."""
    found: list[dict[str, Any]] = []
    now: Any = row
    while row.is_signed and now.corrects is not None:
        before = now.corrects
        found.append(
            {
                "signed_at": before.signed_at,
                "author": author(before.author),
                "corrected_at": now.signed_at,
                "corrected_by": author(now.signed_by or now.author),
                "reason": now.correction_reason,
                "parts": parts(before),
            }
        )
        now = before
    return found


def actions(opened: Opened, row: Written, *, address: str, writes: Question) -> list[dict[str, str]]:
    """Go on with a draft, or put right what is signed; `address` is the name that the draft's addresses begin with."""
    where = [opened.case.pk, row.pk]
    if not row.is_signed:
        question = Question.CORRECT_NOTE if row.corrects_id else writes
        shown = {"label": _("Fortsätt skriva"), "url": reverse(address, args=where)}
        return [shown] if opened.may(question) else []
    shown = {"label": _("Rätta"), "url": reverse(f"{address}_correct", args=where)}
    return [shown] if opened.may(Question.CORRECT_NOTE) else []
