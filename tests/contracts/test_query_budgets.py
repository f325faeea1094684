"""How many statements a page costs, exactly, and that it costs the same however much it shows.

Counting needs no clock and no quiet machine, so a page that asks once a row is found on every run. A number that
falls may be lowered here; one that rises must be worth its reason. Times are measured by `make bench`.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import NOW, acting, make_case
from tests.signed_in import signed_in
from tests.universe.people import ROWS

# Five of each are session, account, sitting and transaction. A page that opens a case has four for its leaf and the
# keys, which the record and the scope each fetch; the start page opens nothing. The overview asks once for the ways to
# reach the person, so that nobody rings the wrong one, and once for what is to be done in the case, which a worker who
# opens it should see first; the page of the person has one for each kind. Every page of a case asks once for the
# threat level over it, and once where the reader has said that she lives.
LIST, OVERVIEW, PERSON, NOTES, START_WORKER, START_SUPERVISOR = 12, 21, 24, 15, 13, 17
ASSESSMENTS = 16


def statements(user, path: str) -> list[str]:
    """The statements of a whole request, when the keys and tables that a process remembers are there already."""
    client = signed_in(user)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in asked]


def sign_note(worker, case: UUID, *, corrections: int = 0) -> None:
    """Write and sign a note, and correct it so many times."""
    from cases.access import get_case
    from cases.actions import notes

    content = {
        "kind": "contact",
        "event_date": NOW.date(),
        "facts": "Kom i tid.",
        "correction_reason": "Fel dag.",
    }
    with acting(worker) as actor:
        given = {"opened": get_case(actor=actor, case=case, at=NOW), "by": actor, "now": NOW}
        note = notes.sign(note=notes.start(**given), content=content, version=1, **given)
        for _ in range(corrections):
            note = notes.sign(note=notes.correct(note=note, **given), content=content, version=1, **given)


def make_wait(cast) -> None:
    """Give the worker and the supervisor one more of everything that the start page tells of."""
    from cases.access import get_case
    from cases.actions import enquiries, notes, stages, tasks
    from cases.models.enquiry import Channel, Source, Urgency
    from cases.models.task import TaskKind
    from cases.workflow import Stage

    asked, returned = make_case(worker=cast.worker), make_case(worker=cast.worker)
    requests = {}
    with acting(cast.worker) as actor:
        enquiries.register(
            received_at=NOW,
            channel=Channel.PHONE,
            urgency=Urgency.DAYS,
            is_anonymous=False,
            source=Source.SELF,
            need="Vill ha stöd.",
            callback="",
            by=actor,
            now=NOW,
        )
        for case in (asked, returned):
            given = {"opened": get_case(actor=actor, case=case, at=NOW), "by": actor, "now": NOW}
            due = timezone.localdate() + timedelta(days=3)
            tasks.add(kind=TaskKind.CALL, text="Ring.", due_on=due, assigned_to=cast.worker.pk, **given)
            notes.start(**given)
            requests[case] = stages.request_stage(
                to_stage=Stage.INQUIRY,
                reason="Informationen är lämnad.",
                ticked={"need_described", "acute_considered"},
                closure_reason="",
                **given,
            )
    with acting(cast.supervisor) as actor:
        opened = get_case(actor=actor, case=returned, at=NOW)
        stages.send_back(
            opened=opened,
            request=requests[returned],
            comment="Komplettera.",
            by=actor,
            now=NOW,
        )


@pytest.mark.parametrize("number", [1, 25])
@pytest.mark.parametrize("who", ["worker", "supervisor"])
def test_list_asks_the_same_for_one_case_and_for_a_full_page(cast, who, number):
    for _ in range(number):
        make_case(worker=cast.worker)
    assert len(statements(getattr(cast, who), reverse("cases:list"))) == LIST


@pytest.mark.parametrize("number", [1, 6])
def test_overview_asks_the_same_for_a_short_and_a_long_story(cast, case, number):
    for _ in range(number):
        sign_note(cast.worker, case)
    assert len(statements(cast.worker, reverse("cases:case", args=[case]))) == OVERVIEW


@pytest.mark.parametrize("number", [1, 6])
def test_person_asks_the_same_for_one_row_of_each_kind_and_for_six(cast, case, number):
    from cases.access import get_case
    from cases.actions import particulars
    from cases.queries.person import Particular

    with acting(cast.worker) as actor:
        given = {"opened": get_case(actor=actor, case=case, at=NOW), "by": actor, "now": NOW}
        for kind in [*Particular] * number:
            particulars.add(particular=kind, values=ROWS[kind], **given)
    assert len(statements(cast.worker, reverse("cases:case_person_page", args=[case]))) == PERSON


@pytest.mark.parametrize(("number", "corrections"), [(1, 0), (1, 2), (10, 2), (50, 0)])
def test_notes_ask_the_same_for_one_and_for_fifty_and_however_often_corrected(
    cast, case, number, corrections
):
    for _ in range(number):
        sign_note(cast.worker, case, corrections=corrections)
    assert len(statements(cast.worker, reverse("cases:case_notes", args=[case]))) == NOTES


@pytest.mark.parametrize("number", [1, 6])
@pytest.mark.parametrize(("who", "budget"), [("worker", START_WORKER), ("supervisor", START_SUPERVISOR)])
def test_start_page_asks_the_same_whether_one_thing_of_each_kind_waits_or_six(cast, who, budget, number):
    for _ in range(number):
        make_wait(cast)
    assert len(statements(getattr(cast, who), reverse("start"))) == budget


@pytest.mark.parametrize("number", [1, 6])
def test_assessments_ask_the_same_for_one_and_for_six(cast, case, opened, number):
    from tests.universe import World, assessments, mappings

    world = World(cast, case, opened)
    for _ in range(number):
        assessments.sign(world)
        mappings.sign(world)
    assert len(statements(cast.worker, reverse("cases:case_assessments", args=[case]))) == ASSESSMENTS


# Of these a case has one, or the verb refuses a second like the first; the page of the person is measured above.
ONLY_ONE = {
    "tests.universe.follow_ups",
    "tests.universe.stages",
    "tests.universe.transfers",
    "tests.universe.people",
}
# The decision's own delegation and the co-worker's access are there already.
MADE_BEFORE = {"tests.universe.decisions", "tests.universe.delegations", "tests.universe.grants"}


def test_pages_of_a_case_ask_the_same_however_much_they_show(cast, opened):
    from tests.addresses import ADDRESSES
    from tests.universe import World, decisions, modules, rows_of
    from tests.universe.given import Given

    given = Given(make_case(worker=cast.worker), cast.worker, cast.supervisor, cast.co_worker)
    rows_of(given)
    more = [m for m in modules() if hasattr(m, "made") and m.__name__ not in ONLY_ONE | MADE_BEFORE]
    pages = [name for name, names in ADDRESSES if name.startswith("cases:") and names == ("case",)]
    client = signed_in(cast.worker)
    shown = [name for name in pages if client.get(reverse(name, args=[given.case])).status_code == 200]
    assert len(shown) > len(pages) / 2

    def asked() -> dict[str, int]:
        return {name: len(statements(cast.worker, reverse(name, args=[given.case]))) for name in shown}

    once = asked()
    for _ in range(3):
        for module in more:
            module.made(given)
        decisions.signed(World(cast, given.case, opened), code="sol_13_2")
    assert asked() == once
    assert max(once.values()) <= PERSON
