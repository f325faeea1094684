"""The lists of cases, enquiries and approvals: few columns, the first of them the link (SoLPuL 7 a §)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from cases.queries.choices import Channel, Outcome, Urgency
from cases.queries.rows import Case, Enquiry, StageRequest
from cases.queries.work import Listed, first_meeting_due
from cases.views.present.bar import shown_name, stage_name, track_name

LISTED = {
    Listed.OPEN: gettext_noop("Pågående"),
    Listed.OWN: gettext_noop("Där jag är ansvarig"),
    Listed.ENDED: gettext_noop("Avslutade"),
}


def paged(page: Page[Any]) -> dict[str, Any]:
    """What `components/pagination.html` reads."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "page_numbers": list(numbers)}


def columns(*labels: str) -> list[dict[str, str]]:
    """The headings, as `components/table.html` reads them."""
    return [{"label": label} for label in labels]


def _case_columns() -> list[dict[str, str]]:
    # What is due stands where a narrow screen still shows it.
    return columns(_("Ärende"), _("Klient"), _("Tidsfrist"), _("Skede"), _("Slag"))


def cases(page: Page[Case], *, listed: Listed, today: date) -> dict[str, Any]:
    """One page of cases."""
    return {
        **paged(page),
        "today": today,
        "listed": listed,
        "tabs": [
            {
                "label": _(label),
                "url": f"{reverse('cases:list')}?visa={choice}",
                "current": choice == listed,
            }
            for choice, label in LISTED.items()
        ],
        "columns": _case_columns(),
        "rows": [_case_row(case, listed) for case in page.object_list],
    }


def found(cases: list[Case]) -> dict[str, Any]:
    """The cases that a search found."""
    return {"columns": _case_columns(), "rows": [_case_row(case, Listed.OPEN) for case in cases]}


def _case_row(case: Case, listed: Listed) -> list[dict[str, Any]]:
    ends = {"day": case.closed_on} if listed == Listed.ENDED and case.closed_on else {"text": "–"}
    return [
        {"text": case.number, "url": reverse("cases:case", args=[case.pk])},
        {"text": shown_name(case)},
        {"due": case.next_deadline} if case.next_deadline else ends,
        {"tag": stage_name(case.stage), "colour": "grey" if listed == Listed.ENDED else ""},
        {"text": track_name(case.track)},
    ]


def enquiries(page: Page[Enquiry], *, ended: bool, today: date) -> dict[str, Any]:
    """One page of enquiries; the first column says when, because an enquiry has no number and no name."""
    address = reverse("cases:enquiries")
    return {
        **paged(page),
        "today": today,
        "ended": ended,
        "tabs": [
            {"label": _("Väntar på beslut"), "url": address, "current": not ended},
            {"label": _("Avslutade"), "url": f"{address}?visa=avslutade", "current": ended},
        ],
        "columns": columns(
            _("Togs emot"), _("Kontaktväg"), _("Brådska"), _("Utfall") if ended else _("Första möte senast")
        ),
        "rows": [_enquiry_row(enquiry, ended) for enquiry in page.object_list],
    }


def _enquiry_row(enquiry: Enquiry, ended: bool) -> list[dict[str, Any]]:
    if ended:
        last: dict[str, Any] = {"tag": Outcome(enquiry.outcome).label, "colour": "grey"}
    elif enquiry.first_meeting_on:
        last = {"tag": _("Möte hållet"), "colour": "green"}
    else:
        last = {"due": first_meeting_due(enquiry)}
    return [
        {"text": stamp(enquiry.received_at), "url": reverse("cases:enquiry", args=[enquiry.pk])},
        {"text": Channel(enquiry.channel).label},
        {"text": Urgency(enquiry.urgency).label},
        last,
    ]


def approvals(page: Page[StageRequest]) -> dict[str, Any]:
    """One page of requests that wait for the reader; unopened, so a case is named by number and code name."""
    return {
        **paged(page),
        "columns": columns(_("Ärende"), _("Kodnamn"), _("Från"), _("Till"), _("Begärd av"), _("Begärd")),
        "rows": [
            [
                {
                    "text": request.case.number,
                    "url": reverse("cases:case_stage_decide", args=[request.case_id, request.pk]),
                },
                {"text": request.case.code_name},
                {"text": stage_name(request.from_stage)},
                {"tag": stage_name(request.to_stage)},
                {"text": request.requested_by.name},
                {"day": request.requested_at},
            ]
            for request in page.object_list
        ],
    }


def stamp(moment: datetime) -> str:
    """A moment as text, Stockholm time, where a component takes text alone."""
    return _("%(day)s kl. %(clock)s") % {
        "day": f"{timezone.localtime(moment):%Y-%m-%d}",
        "clock": f"{timezone.localtime(moment):%H.%M}",
    }
