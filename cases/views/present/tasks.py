"""The start page: what waits for the reader, nearest first, each with what to do. Names no person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop
from cases.queries.choices import Channel, RequestState, Urgency
from cases.queries.rows import Case, Enquiry, Note, StageRequest
from cases.queries.work import Work, first_meeting_due
from cases.views.present.bar import stage_name
from cases.views.present.tables import stamp


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. It has a last day, or waits since a day and says how in a tag."""

    title: str
    verb: str
    hint: str
    url: str
    near: date
    due: date | None = None
    tag: str = ""
    colour: str = ""


# What those do who work in no case: one place each.
PLACES = (
    (
        Right.SEARCH_LOG,
        "audit:review",
        gettext_noop("Loggkontrollen"),
        gettext_noop("Gå igenom månadens stickprov, följ upp anmärkningar och se att loggen är hel."),
    ),
    (
        Right.SEARCH_LOG,
        "audit:log",
        gettext_noop("Åtkomstloggen"),
        gettext_noop("Se vem som har öppnat, ändrat och nekats vad. Innehållet i ärendena visas aldrig."),
    ),
    (
        Right.READ_FOLLOWUP,
        "followup:start",
        gettext_noop("Uppföljningen"),
        gettext_noop("Siffror ur samverkansöverenskommelsen, skyddade så att ingen enskild kan kännas igen."),
    ),
    (
        Right.MANAGE_ACCOUNTS,
        "accounts:list",
        gettext_noop("Konton"),
        gettext_noop("Lägg upp, ändra och stäng konton. Inget ärende kan öppnas härifrån."),
    ),
)


def tasks(work: Work) -> list[Task]:
    """Everything that waits, nearest first; what is late comes before what waits since then."""
    found = [
        *map(_meeting, work.enquiries),
        *map(_returned, work.returned),
        *map(_approval, work.approvals),
        *(_deadline(case) for case in work.deadlines),
        *(_draft(note) for note in work.drafts),
    ]
    return sorted(found, key=lambda task: (task.near, task.title))


def tiles(work: Work, *, role: str) -> list[dict[str, Any]]:
    """Counts that lead to what they count."""
    wanted: list[tuple[Right, str, int, Callable[[], str]]] = [
        (Right.READ_CASES, "cases:list", work.case_count, lambda: _("pågående ärenden")),
        (
            Right.HANDLE_ENQUIRIES,
            "cases:enquiries",
            work.enquiry_count,
            lambda: _("förfrågningar väntar på beslut"),
        ),
        (Right.APPROVE_STAGES, "cases:approvals", work.approval_count, lambda: _("skeden att godkänna")),
    ]
    return [
        {"number": count, "label": label(), "url": reverse(name)}
        for right, name, count, label in wanted
        if may_try(role=role, right=right)
    ]


def places(*, role: str) -> list[dict[str, str]]:
    """Where somebody who works in no case does her work."""
    return [
        {"title": _(title), "text": _(text), "url": reverse(name)}
        for right, name, title, text in PLACES
        if may_try(role=role, right=right)
    ]


def _named(case: Case) -> str:
    return f"{case.number} · {case.code_name}"


def _meeting(enquiry: Enquiry) -> Task:
    due = first_meeting_due(enquiry)
    met = enquiry.first_meeting_on is not None
    return Task(
        title=_("Bestäm vad förfrågan leder till") if met else _("Ordna ett första möte"),
        verb=_("Öppna förfrågan"),
        hint=_("%(channel)s %(stamp)s · %(urgency)s")
        % {
            "channel": Channel(enquiry.channel).label,
            "stamp": stamp(enquiry.received_at),
            "urgency": Urgency(enquiry.urgency).label,
        },
        url=reverse("cases:enquiry", args=[enquiry.pk]),
        near=enquiry.first_meeting_on or due,
        due=None if met else due,
        tag=_("Mötet är hållet"),
    )


def _returned(request: StageRequest) -> Task:
    is_void = request.state == RequestState.VOID
    return Task(
        title=_("Begär skedet %(stage)s på nytt") % {"stage": stage_name(request.to_stage)},
        verb=_("Läs varför"),
        hint=_named(request.case),
        url=reverse("cases:case_stage_decide", args=[request.case_id, request.pk]),
        near=_day(request.decided_at or request.requested_at),
        tag=_("Underlaget ändrades") if is_void else _("Återlämnad"),
        colour="yellow",
    )


def _approval(request: StageRequest) -> Task:
    return Task(
        title=_("Pröva begäran om skedet %(stage)s") % {"stage": stage_name(request.to_stage)},
        verb=_("Pröva begäran"),
        hint=f"{_named(request.case)} · {request.requested_by.name}",
        url=reverse("cases:case_stage_decide", args=[request.case_id, request.pk]),
        near=_day(request.requested_at),
        tag=_("Väntar sedan %(day)s") % {"day": f"{_day(request.requested_at):%Y-%m-%d}"},
    )


def _deadline(case: Case) -> Task:
    assert case.next_deadline is not None
    return Task(
        title=_("Tidsfrist i skedet %(stage)s") % {"stage": stage_name(case.stage)},
        verb=_("Öppna ärendet"),
        hint=_named(case),
        url=reverse("cases:case", args=[case.pk]),
        near=case.next_deadline,
        due=case.next_deadline,
    )


def _draft(note: Note) -> Task:
    return Task(
        title=_("Skriv klart och signera anteckningen"),
        verb=_("Fortsätt skriva"),
        hint=_named(note.case),
        url=reverse("cases:case_note", args=[note.case_id, note.pk]),
        near=_day(note.updated_at),
        tag=_("Utkast sedan %(day)s") % {"day": f"{_day(note.created_at):%Y-%m-%d}"},
        colour="grey",
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
