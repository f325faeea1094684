"""What a reviewer finds in the log, what her search leaves behind, and what never leaves the server."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from audit import log, queries, search
from audit.events import Actor
from audit.log_events import ASKED, LEAF_VIEWED
from audit.models import Leaf
from avhopp.accounts import events as account_events
from cases.models import Case
from tests.cast import TEST_NUMBER, acting, actor_for
from tests.signed_in import signed_in

LOG = "audit:log"


def written(event=account_events.SIGNED_IN, *, user=None, at=None, address="192.0.2.9"):
    actor = Actor(user=user.pk if user else None, role=user.role if user else "anonymous", address=address)
    with transaction.atomic():
        return log.record(event=event, actor=actor, at=at or timezone.now())


def ask(client, **criteria):
    """Search as a person does: send the form, follow to the answers."""
    sent = client.post(reverse(LOG), criteria)
    assert sent.status_code == 302
    return client.get(sent.headers["Location"]), sent.headers["Location"]


def shown(answer):
    return [reading.leaf for reading in answer.context["found"].readings]


@pytest.fixture
def auditor(cast):
    return signed_in(cast.auditor)


def test_first_page_shows_the_last_thirty_days_and_nothing_older(cast, auditor):
    recent, old = written(user=cast.worker), written(at=timezone.now() - timedelta(days=31))
    answer = auditor.get(reverse(LOG))
    assert recent in shown(answer)
    assert old not in shown(answer)


@pytest.mark.parametrize(
    "narrow",
    [
        lambda cast: {"actor": str(cast.worker.pk)},
        lambda cast: {"kind": "account"},
        lambda cast: {"event": "account.signed_in"},
        lambda cast: {"address": "192.0.2.77"},
        lambda cast: {"since": timezone.localdate().isoformat()},
        lambda cast: {"until": (timezone.localdate() - timedelta(days=40)).isoformat(), "kind": "refusal"},
    ],
    ids=["person", "kind", "event", "address", "from", "to"],
)
def test_each_criterion_keeps_what_fits_and_drops_the_rest(cast, auditor, narrow):
    wanted = narrow(cast)
    early = timezone.now() - timedelta(days=45)
    fits = (
        written(account_events.SIGN_IN_FAILED, at=early)
        if "until" in wanted
        else written(user=cast.worker, address="192.0.2.77")
    )
    misses = written(account_events.SIGN_IN_FAILED, user=cast.stranger, at=timezone.now() - timedelta(days=3))
    answer, _ = ask(auditor, **wanted)
    assert fits in shown(answer)
    assert misses not in shown(answer)


def test_ground_keeps_what_was_done_on_it_and_drops_the_rest(cast, auditor, case):
    from cases.access import get_case

    with acting(cast.worker, at=timezone.now()) as actor:
        get_case(actor=actor, case=case, at=timezone.now())
    answer, _ = ask(auditor, basis="assigned")
    readings = answer.context["found"].readings
    assert [reading.event.code for reading in readings] == ["case.viewed"]
    assert {reading.basis for reading in readings} == {"assigned"}
    assert "Nödåtkomst" in answer.content.decode()
    assert auditor.post(reverse(LOG), {"basis": "hittepå"}).status_code == 422


def test_address_is_found_however_it_is_written(auditor):
    leaf = written(address="2001:db8::17")
    answer, _ = ask(auditor, address="2001:0DB8:0:0::0017")
    assert shown(answer) == [leaf]


def test_auditor_finds_who_opened_a_case_by_its_number_and_reads_nothing_of_the_case(cast, auditor, case):
    with acting(cast.worker, at=timezone.now()) as actor:
        from cases.access import get_case

        get_case(actor=actor, case=case, at=timezone.now())
    number = Case.objects.get(pk=case).number
    answer, _ = ask(auditor, number=number.lower())
    codes = [reading.event.code for reading in answer.context["found"].readings]
    assert codes == ["case.viewed", "case.opened"]
    page = answer.content.decode()
    assert "Worker" in page
    for secret in (
        "Provsson",
        TEST_NUMBER,
        "Vill lämna.",
        "070-1740605",
        Case.objects.get(pk=case).code_name,
    ):
        assert secret not in page


def test_other_cases_are_not_found_by_the_number_of_one(cast, auditor, case, foreign_case):
    answer, _ = ask(auditor, number=Case.objects.get(pk=case).number)
    actors = {reading.who for reading in answer.context["found"].readings}
    assert actors == {"Worker"}


@pytest.mark.parametrize("cut", [slice(0, -1), slice(0, 3)], ids=["one letter short", "year"])
def test_part_of_a_case_number_finds_nothing(auditor, case, cut):
    number = Case.objects.get(pk=case).number
    assert auditor.post(reverse(LOG), {"number": number[cut]}).status_code == 422


def test_number_that_no_case_has_finds_nothing_and_is_kept_nowhere(auditor, case):
    answer, location = ask(auditor, number="26-ZZZZZ")
    assert shown(answer) == []
    assert "Inget ärende har det numret" in answer.content.decode()
    assert "ZZZZZ" not in answer.content.decode() + location + json.dumps(dict(auditor.session))


def test_case_number_never_reaches_an_address_or_the_record(cast, auditor, case):
    number = Case.objects.get(pk=case).number
    answer, location = ask(auditor, number=number, actor=str(cast.worker.pk), address="192.0.2.1")
    assert set(parse_qs(urlsplit(location).query)) == {"urval"}
    page = answer.content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    for place in [location, *links]:
        assert number not in place
        assert str(cast.worker.pk) not in place
        assert "192.0.2.1" not in place
    searched = Leaf.objects.get(event="log.searched")
    assert number.encode() not in bytes(searched.body)
    assert str(case).encode() not in bytes(searched.body)


def test_each_search_leaves_one_leaf_with_what_was_asked_as_codes(cast, auditor, case):
    number = Case.objects.get(pk=case).number
    ask(auditor, actor=str(cast.worker.pk), kind="read", since="2026-01-01", number=number)
    leaf = Leaf.objects.get(event="log.searched")
    fields = json.loads(bytes(leaf.body))
    assert fields["purpose"] == "log_search?kind=read&since=2026-01-01"
    assert fields["about"] == str(cast.worker.pk)
    assert len(fields["subjects"]) == 1
    assert (
        search.find(
            criteria=search.Criteria(number=number),
            before=None,
            by=actor_for(cast.auditor),
            now=timezone.now(),
        )
        .readings[0]
        .event.code
        == "log.searched"
    )


def test_team_of_a_case_is_not_told_that_the_log_was_asked_about_it(auditor, case):
    number = Case.objects.get(pk=case).number
    _, location = ask(auditor, number=number)
    query = parse_qs(urlsplit(location).query)
    assert auditor.get(reverse("audit:log_csv"), query).status_code == 200
    today = timezone.localdate().isoformat()
    assert auditor.post(reverse("audit:access_then"), {"number": number, "day": today}).status_code == 200
    assert set(Leaf.objects.values_list("event", flat=True)) >= ASKED
    told = {leaf.event for leaf in queries.about_scope(case)}
    assert told == {"case.opened"}


def test_search_that_cannot_be_recorded_shows_nothing(cast, auditor, monkeypatch):
    written(user=cast.worker, address="192.0.2.200")

    def fails(**values):
        raise DatabaseError

    monkeypatch.setattr(Leaf.objects, "create", fails)
    answer = auditor.get(reverse(LOG))
    assert answer.status_code == 503
    assert "192.0.2.200" not in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": TEST_NUMBER}, "number"),
        ({"number": "19900607-2380"}, "number"),
        ({"address": "192.0.2"}, "address"),
        ({"address": "x" * 200}, "address"),
        ({"since": "2026-02-30"}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"until": "9999-12-31"}, "until"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "until"),
        ({"kind": "everything"}, "kind"),
        ({"event": "case.deleted"}, "event"),
        ({"actor": "00000000-0000-0000-0000-000000000000"}, "actor"),
        ({"actor": "' OR 1=1"}, "actor"),
    ],
)
def test_wrong_input_is_refused_in_words_and_kept_nowhere(auditor, wrong, field):
    answer = auditor.post(reverse(LOG), wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "audit.searches" not in auditor.session
    assert not Leaf.objects.filter(event="log.searched").exists()


def test_word_of_another_sitting_shows_the_first_page_and_not_its_search(cast, auditor):
    written(user=cast.worker)
    _, location = ask(auditor, kind="export")
    answer = signed_in(cast.officer).get(location)
    assert answer.context["form"].initial["kind"] == ""
    assert shown(answer) != []


def test_session_keeps_only_the_last_ten_searches(auditor):
    words = [ask(auditor, kind="read")[1].split("=")[1] for _ in range(12)]
    assert list(auditor.session["audit.searches"]) == words[-10:]


def test_pages_hold_every_leaf_once_also_when_times_are_equal(cast, auditor):
    at = timezone.now() - timedelta(hours=1)
    made = {
        written(user=cast.worker, at=at if number % 3 else at - timedelta(seconds=number))
        for number in range(130)
    }
    seen: list = []
    answer, location = ask(auditor, actor=str(cast.worker.pk))
    while True:
        seen += shown(answer)
        older = answer.context["found"].older
        if older is None:
            break
        assert f"fore={older}" in answer.content.decode()
        answer = auditor.get(f"{location}&fore={older}")
    assert len(seen) == len(set(seen)) == 130
    assert set(seen) == made
    order = [(leaf.at, leaf.id) for leaf in (Leaf.objects.get(pk=key) for key in seen)]
    assert order == sorted(order, reverse=True)
    assert Leaf.objects.filter(event="log.searched").count() == 3


@pytest.mark.parametrize("place", ["x", "00000000-0000-7000-8000-000000000000", ""])
def test_place_that_does_not_exist_gives_the_first_page(cast, auditor, place):
    leaf = written(user=cast.worker)
    assert leaf in shown(auditor.get(reverse(LOG), {"fore": place}))


def test_event_that_is_no_longer_declared_is_shown_by_its_code(cast, auditor, monkeypatch):
    from audit import events

    written(LEAF_VIEWED, user=cast.worker)
    monkeypatch.delitem(events.EVENTS, LEAF_VIEWED.code)
    assert "log.leaf_viewed" in auditor.get(reverse(LOG)).content.decode()
