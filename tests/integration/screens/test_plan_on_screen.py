"""Plan: written goal by goal, refused with a sentence, kept when two people write, drawn when it is followed up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Plan, PlanFollowUp
from tests.cast import make_case
from tests.universe import World, providers
from tests.universe import plans as made

TODAY = timezone.localdate()
CODE = "0123456789abcdef0123456789abcdef"
TYPED = {
    "kind": "implementation",
    "agreed_on": f"{TODAY}",
    "client_agrees": "yes",
    "client_view": "Vill ha lugn och ro.",
    "guardians_view": "",
    "follow_up_on": f"{TODAY + timedelta(days=60)}",
    "g0_code": CODE,
    "g0_text": "Eget boende.",
    "g0_sign": "Kontraktet är skrivet.",
    "g0_area": "housing",
    "g0_until": "",
    "g0i0_what": "Söka bostad.",
    "g0i0_who": "Handläggaren.",
    "g0i0_provider": "",
    "g0i0_starts_on": "",
    "g0i0_ends_on": "",
    "g0i0_reason": "",
}


@pytest.fixture
def client(browse, cast, case):
    return browse(cast.worker)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def begun(client, case) -> str:
    return client.post(reverse("cases:case_plan_new", args=[case])).url


def page(client, case) -> str:
    return client.get(reverse("cases:case_plans", args=[case])).content.decode()


def signed(client, case, typed=TYPED) -> str:
    address = begun(client, case)
    sent = client.post(address, {**typed, "version": 1, "do": "review"})
    assert sent.status_code == 302, sent.context["form"].errors
    assert "Eget boende." in client.get(sent.url).content.decode()
    assert client.post(address, {"version": 2, "do": "sign"}).status_code == 302
    return address


def test_worker_writes_signs_and_reads_a_plan(client, case):
    signed(client, case)
    shown = page(client, case)
    for words in (
        "Genomförandeplan från",
        "Eget boende.",
        "Söka bostad.",
        "Vill ha lugn och ro.",
        "Inte uppföljd än",
    ):
        assert words in shown


def test_saved_goal_gets_room_for_another_and_keeps_its_code(client, case):
    address = begun(client, case)
    client.post(address, {**TYPED, "version": 1, "do": "save"})
    form = client.get(address).context["form"]
    assert form.sizes == [2, 1]
    assert form.initial["g0_code"] == CODE
    assert form["g1_code"].value() not in {"", CODE}


def test_goal_that_is_emptied_is_gone(client, case):
    address = begun(client, case)
    client.post(address, {**TYPED, "version": 1, "do": "save"})
    empty = {name: "" for name in TYPED if name.startswith("g0")}
    client.post(address, {**TYPED, **empty, "g0_code": CODE, "version": 2, "do": "save"})
    assert client.get(address).context["form"].sizes == [1]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"client_view": ""}, "client_view"),
        ({"client_agrees": ""}, "client_agrees"),
        ({"follow_up_on": ""}, "follow_up_on"),
        ({"follow_up_on": f"{TODAY}"}, "follow_up_on"),
        ({"agreed_on": f"{TODAY + timedelta(days=1)}"}, "agreed_on"),
        ({"g0_text": ""}, "g0_text"),
        ({"g0i0_what": ""}, "g0i0_what"),
        ({"g0i0_starts_on": "2026-05-02", "g0i0_ends_on": "2026-05-01"}, "g0i0_ends_on"),
        ({"g0_area": "gang"}, "g0_area"),
        ({"g0i0_provider": "5e1f0c7a-4b9d-4c6e-8f2a-1b3c4d5e6f70"}, "g0i0_provider"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client, case, change, field):
    address = begun(client, case)
    answer = client.post(address, {**TYPED, **change, "version": 1, "do": "review"})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Kontraktet är skrivet." in answer.content.decode()


def test_placement_with_a_provider_that_does_not_hold_is_said_where_it_was_chosen(client, world, case):
    provider = providers.register(world, contract_to=TODAY - timedelta(days=1), checked_on=None)
    address = begun(client, case)
    answer = client.post(address, {**TYPED, "g0i0_provider": str(provider.pk), "version": 1, "do": "review"})
    assert answer.status_code == 422
    (words,) = answer.context["form"].errors["g0i0_provider"]
    assert "Avtalet har gått ut" in words
    assert "Aldrig kontrollerad" in words


def test_open_intervention_with_such_a_provider_asks_for_a_reason_and_prints_it(client, world, case):
    provider = providers.register(world, kind="open_care", checked_on=None)
    address = begun(client, case)
    typed = {**TYPED, "g0i0_provider": str(provider.pk)}
    answer = client.post(address, {**typed, "version": 1, "do": "review"})
    assert "g0i0_reason" in answer.context["form"].errors
    signed(client, case, {**typed, "g0i0_reason": "Påbörjad redan."})
    assert "Valt ändå: Påbörjad redan." in page(client, case)


def test_guardians_view_is_asked_for_while_the_person_is_a_child(browse, cast):
    young = make_case(worker=cast.worker, track="prevention", birth_date=TODAY - timedelta(days=365 * 15))
    client = browse(cast.worker)
    address = begun(client, young)
    answer = client.post(address, {**TYPED, "version": 1, "do": "review"})
    assert "guardians_view" in answer.context["form"].errors


def test_two_people_on_one_plan_see_both_texts(client, browse, cast, case):
    address = begun(client, case)
    client.post(address, {**TYPED, "version": 1, "do": "save"})
    stale = client.post(address, {**TYPED, "g0_text": "Flytta.", "version": 1, "do": "save"})
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "Flytta." in text
    assert "Eget boende." in text


def test_autosave_keeps_what_is_typed(client, case):
    address = begun(client, case)
    answer = client.post(f"{address}spara/", {**TYPED, "version": 1})
    assert answer.status_code == 200
    assert client.get(address).context["form"].initial["g0_text"] == "Eget boende."


def test_goals_are_rated_and_drawn(client, case):
    address = signed(client, case)
    rate = f"{address}uppfoljning/"
    form = client.get(rate).context["form"]
    nothing = client.post(rate, {"key": form["key"].value(), "happened_on": f"{TODAY}"})
    assert nothing.status_code == 422
    typed = {
        "key": form["key"].value(),
        "happened_on": f"{TODAY}",
        f"rating_{CODE}": "-1",
        f"comment_{CODE}": "Kön är lång.",
        "next_on": f"{TODAY + timedelta(days=90)}",
    }
    assert client.post(rate, typed).status_code == 302
    assert client.post(rate, typed).status_code == 302
    assert PlanFollowUp.objects.count() == 1
    shown = page(client, case)
    for words in ("<svg", "−1 Sämre än väntat", "Kön är lång."):
        assert words in shown


def test_rating_outside_the_scale_is_refused(client, case):
    address = signed(client, case)
    rate = f"{address}uppfoljning/"
    key = client.get(rate).context["form"]["key"].value()
    answer = client.post(rate, {"key": key, "happened_on": f"{TODAY}", f"rating_{CODE}": "3"})
    assert answer.status_code == 422
    assert not PlanFollowUp.objects.exists()


def test_follow_up_is_changed_and_what_was_rated_is_shown_first(client, world, case):
    noted = made.follow_up(world)
    address = reverse("cases:case_plan_follow_up", args=[case, noted.pk])
    form = client.get(address).context["form"]
    assert form[f"rating_{made.GOAL}"].value() == -1
    typed = {
        "key": form["key"].value(),
        "version": 1,
        "happened_on": "2026-03-02",
        f"rating_{made.GOAL}": "1",
    }
    assert client.post(address, typed).status_code == 302
    assert "+1 Bättre än väntat" in page(client, case)


def test_draft_is_not_followed_up_on_screen(client, case):
    address = begun(client, case)
    assert client.get(f"{address}uppfoljning/").status_code == 404


def test_plan_of_a_foreign_case_answers_like_a_missing_one(browse, cast, world, case):
    plan = made.sign(world)
    stranger = browse(cast.colleague)
    foreign = stranger.get(reverse("cases:case_plan", args=[case, plan.pk]))
    missing = stranger.get(reverse("cases:case_plan", args=[plan.pk, plan.pk]))
    assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert Plan.objects.count() == 1
