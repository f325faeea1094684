"""The start page and Att göra: what waits for the reader, nearest first, each with what to do. Names no person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop
from cases.queries.choices import Channel, RequestState, Urgency
from cases.queries.rows import Case, Disposal, Enquiry, Note, StageRequest, Task
from cases.queries.todo import Shown, Waiting
from cases.queries.work import Beside, Work, first_meeting_due
from cases.views.present.bar import stage_name
from cases.views.present.tables import paged, stamp
from cases.views.present.todo import Todo, day_of, groups, named, todo

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
SHOWN = {
    Shown.MINE: gettext_noop("Mina"),
    Shown.OVERDUE: gettext_noop("Försenade"),
    Shown.DONE: gettext_noop("Klara"),
}


def start(work: Work, *, reader: UUID | None, today: date) -> list[Todo]:
    """Everything that waits, nearest first; what is late comes before what waits since then."""
    found = [*(todo(task, reader=reader, today=today) for task in work.tasks), *beside_tasks(work.beside)]
    return sorted(found, key=lambda one: (one.near, one.title))


def beside_tasks(beside: Beside) -> list[Todo]:
    """What waits without being a task: enquiries, requests to decide or to make anew, drafts."""
    found = [
        *map(_meeting, beside.enquiries),
        *map(_returned, beside.returned),
        *map(_approval, beside.approvals),
        *map(_disposal, beside.disposals),
        *map(_draft, beside.drafts),
        *map(_left_behind, beside.left_behind),
    ]
    return sorted(found, key=lambda one: (one.near, one.title))


def todos(
    page: Page[Task],
    waiting: list[Waiting],
    beside: Beside | None,
    *,
    shown: Shown,
    reader: UUID | None,
    today: date,
) -> dict[str, Any]:
    """One page of what is to be done, in stretches of time; what waits beside tasks stands among the nearest."""
    found = [todo(task, reader=reader, today=today) for task in waiting]
    if beside is not None:
        found = sorted([*found, *beside_tasks(beside)], key=lambda one: (one.near, one.title))
    address = reverse("cases:todo")
    return {
        **paged(page),
        "today": today,
        "shown": shown,
        "tabs": [
            {"label": _(label), "url": f"{address}?visa={choice}", "current": choice == shown}
            for choice, label in SHOWN.items()
        ],
        "groups": [] if shown == Shown.DONE else groups(found, today=today),
        "done": found if shown == Shown.DONE else [],
    }


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


def _meeting(enquiry: Enquiry) -> Todo:
    due = first_meeting_due(enquiry)
    met = enquiry.first_meeting_on is not None
    return Todo(
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


def _returned(request: StageRequest) -> Todo:
    is_void = request.state == RequestState.VOID
    return Todo(
        title=_("Begär skedet %(stage)s på nytt") % {"stage": stage_name(request.to_stage)},
        verb=_("Läs varför"),
        hint=named(request.case),
        url=reverse("cases:case_stage_decide", args=[request.case_id, request.pk]),
        near=day_of(request.decided_at or request.requested_at),
        tag=_("Underlaget ändrades") if is_void else _("Återlämnad"),
        colour="yellow",
    )


def _approval(request: StageRequest) -> Todo:
    return Todo(
        title=_("Pröva begäran om skedet %(stage)s") % {"stage": stage_name(request.to_stage)},
        verb=_("Pröva begäran"),
        hint=f"{named(request.case)} · {request.requested_by.name}",
        url=reverse("cases:case_stage_decide", args=[request.case_id, request.pk]),
        near=day_of(request.requested_at),
        tag=_("Väntar sedan %(day)s") % {"day": f"{day_of(request.requested_at):%Y-%m-%d}"},
    )


def _disposal(disposal: Disposal) -> Todo:
    return Todo(
        title=_("Pröva om ärendet ska gallras"),
        verb=_("Pröva gallringen"),
        hint=f"{named(disposal.case)} · {disposal.created_by.name}",
        url=reverse("cases:case_disposal_approve", args=[disposal.case_id, disposal.pk]),
        near=day_of(disposal.created_at),
        tag=_("Väntar sedan %(day)s") % {"day": f"{day_of(disposal.created_at):%Y-%m-%d}"},
    )


def _left_behind(case: Case) -> Todo:
    return Todo(
        title=_("Utse ny ansvarig handläggare"),
        verb=_("Byt ansvarig"),
        hint=named(case),
        url=reverse("cases:case_assign", args=[case.pk]),
        near=case.opened_on,
        tag=_("Den ansvariga har ingen åtkomst"),
        colour="red",
    )


def _draft(note: Note) -> Todo:
    return Todo(
        title=_("Skriv klart och signera anteckningen"),
        verb=_("Fortsätt skriva"),
        hint=named(note.case),
        url=reverse("cases:case_note", args=[note.case_id, note.pk]),
        near=day_of(note.updated_at),
        tag=_("Utkast sedan %(day)s") % {"day": f"{day_of(note.created_at):%Y-%m-%d}"},
        colour="grey",
    )
