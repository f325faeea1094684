"""What a systemadministratör may do to accounts, never to her own, and each act one leaf."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from audit.events import Actor
from avhopp.accounts import actions, one_time, second_person
from avhopp.accounts.policies import NotAllowed
from avhopp.accounts.queries import waiting_requests
from avhopp.accounts.roles import Role
from tests.signed_in import signed_in

from .conftest import PASSWORD, type_password

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OTHERS = [role for role in Role if role is not Role.ADMINISTRATOR]
NEW = {"email": "ny@example.invalid", "name": "Ny Kollega", "title": "", "role": "case_worker", "unit": ""}


def administrator(cast) -> Actor:
    return Actor(user=cast.administrator.pk, role="administrator")


def acts(account) -> dict[str, dict]:
    return {
        "close_account": {"account": account.pk},
        "authorise_for_children": {"account": account.pk},
        "end_authorisation_for_children": {"account": account.pk},
        "one_time_link": {"account": account.pk},
    }


def approved(account) -> dict[str, dict]:
    """What happens when somebody else has approved it."""
    return {
        "reopen_account": {"account": account.pk},
        "change_role": {"account": account.pk, "role": Role.AUDITOR},
        "change_unit": {"account": account.pk, "unit": None},
    }


def officer(cast) -> Actor:
    return Actor(user=cast.officer.pk, role="data_protection_officer")


@pytest.mark.parametrize("role", [*OTHERS, "anonymous", "job:nightly"])
def test_no_other_role_manages_accounts(cast, leaves, role):
    by = Actor(user=cast.stranger.pk, role=role)
    for name, arguments in acts(cast.worker).items():
        with pytest.raises(NotAllowed):
            getattr(actions, name)(**arguments, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        actions.create_account(
            email="x@example.invalid", name="X", title="", role=Role.AUDITOR, unit=None, by=by, now=NOW
        )
    with pytest.raises(NotAllowed):
        actions.end_sessions(account=cast.worker.pk, by=by, now=NOW)
    assert leaves() == []


def test_administrator_does_nothing_to_her_own_account(cast, leaves):
    for name, arguments in acts(cast.administrator).items():
        with pytest.raises(NotAllowed, match="eget konto"):
            getattr(actions, name)(**arguments, by=administrator(cast), now=NOW)
    assert leaves() == []


@pytest.mark.parametrize(
    ("act", "event"),
    [
        ("close_account", "account.closed"),
        ("one_time_link", "account.link_made"),
        ("authorise_for_children", "account.authorised_for_children"),
        ("end_sessions", "account.sessions_ended"),
    ],
)
def test_each_act_writes_one_leaf_about_the_account(cast, leaves, last_leaf, act, event):
    arguments = acts(cast.worker).get(act, {"account": cast.worker.pk})
    getattr(actions, act)(**arguments, by=administrator(cast), now=NOW)
    assert leaves() == [event]
    leaf = last_leaf()
    assert leaf["about"] == str(cast.worker.pk)
    assert leaf["actor"] == str(cast.administrator.pk)
    assert leaf["time"] == "2026-03-02T09:00:00.000000Z"


def test_new_account_cannot_sign_in_before_its_link_is_used(cast, leaves, last_leaf):
    made = actions.create_account(
        email="Ny@Example.invalid",
        name="Ny",
        title="",
        role=Role.SUPERVISOR,
        unit=None,
        by=administrator(cast),
        now=NOW,
    )
    assert made.email == "ny@example.invalid"
    assert not made.has_usable_password()
    assert leaves() == ["account.created"]
    assert last_leaf()["basis"] == "supervisor"


def test_second_account_with_the_same_address_is_refused(cast, leaves):
    with pytest.raises(NotAllowed, match="redan ett konto"):
        actions.create_account(
            email=cast.worker.email.upper(),
            name="X",
            title="",
            role=Role.AUDITOR,
            unit=None,
            by=administrator(cast),
            now=NOW,
        )
    assert leaves() == []


def test_repeating_an_act_is_refused_rather_than_silent(cast):
    by = administrator(cast)
    actions.close_account(account=cast.worker.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        actions.close_account(account=cast.worker.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        actions.one_time_link(account=cast.worker.pk, by=by, now=NOW)
    by = officer(cast)
    actions.reopen_account(account=cast.worker.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        actions.reopen_account(account=cast.worker.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        actions.change_role(account=cast.worker.pk, role=Role.CASE_WORKER, by=by, now=NOW)


def test_authorisation_for_children_is_written_down_and_ended_once_and_signs_nobody_out(
    cast, leaves, last_leaf
):
    from allauth.usersessions.models import UserSession

    by, browser = administrator(cast), signed_in(cast.worker)
    actions.authorise_for_children(account=cast.worker.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed, match="redan antecknad"):
        actions.authorise_for_children(account=cast.worker.pk, by=by, now=NOW)
    cast.worker.refresh_from_db()
    assert cast.worker.works_with_children
    actions.end_authorisation_for_children(account=cast.worker.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed, match="ingen sådan"):
        actions.end_authorisation_for_children(account=cast.worker.pk, by=by, now=NOW)
    assert leaves() == ["account.authorised_for_children", "account.authorisation_ended"]
    assert last_leaf()["about"] == str(cast.worker.pk)
    assert UserSession.objects.filter(session_key=browser.session.session_key).exists()


def test_reopened_account_has_lost_its_password(person, cast):
    by = administrator(cast)
    actions.close_account(account=person.pk, by=by, now=NOW)
    actions.reopen_account(account=person.pk, by=officer(cast), now=NOW)
    person.refresh_from_db()
    assert not person.check_password(PASSWORD)


def test_act_that_cannot_be_recorded_does_not_happen(cast, monkeypatch):
    from audit.log import NotRecorded

    def refuse(**kwargs):
        raise NotRecorded("no room")

    monkeypatch.setattr(actions, "record", refuse)
    with pytest.raises(NotRecorded):
        actions.close_account(account=cast.worker.pk, by=administrator(cast), now=NOW)
    cast.worker.refresh_from_db()
    assert cast.worker.is_active


def test_first_administrator_is_made_only_in_an_empty_house(cast):
    with pytest.raises(NotAllowed):
        actions.create_first(
            email="x@example.invalid",
            name="X",
            role=Role.ADMINISTRATOR,
            by=Actor(user=None, role="job:set-up"),
            now=NOW,
        )


class TestOneTimeLink:
    def made(self, cast, account=None) -> str:
        return actions.one_time_link(account=(account or cast.worker).pk, by=administrator(cast), now=NOW)

    def choose(self, token: str, now: datetime = NOW):
        by = Actor(user=None, role="anonymous")
        return actions.choose_password_by_link(
            token=token, password="vad som helst men långt", by=by, now=now
        )

    def test_old_password_stops_at_once(self, person, cast):
        self.made(cast)
        person.refresh_from_db()
        assert not person.check_password(PASSWORD)

    def test_link_is_used_once(self, cast, leaves):
        token = self.made(cast)
        self.choose(token)
        with pytest.raises(one_time.LinkNotValid):
            self.choose(token)
        assert leaves() == ["account.link_made", "account.link_used"]

    def test_new_link_ends_the_one_before(self, cast):
        first = self.made(cast)
        second = self.made(cast)
        with pytest.raises(one_time.LinkNotValid):
            self.choose(first)
        self.choose(second)

    def test_link_holds_for_a_day(self, cast):
        token = self.made(cast)
        with pytest.raises(one_time.LinkNotValid):
            self.choose(token, NOW + timedelta(hours=24))
        self.choose(token, NOW + timedelta(hours=24) - timedelta(seconds=1))

    def test_link_of_a_closed_account_is_not_valid(self, cast):
        token = self.made(cast)
        actions.close_account(account=cast.worker.pk, by=administrator(cast), now=NOW)
        with pytest.raises(one_time.LinkNotValid):
            self.choose(token)

    @pytest.mark.parametrize(
        "change",
        [lambda t: t[:-1], lambda t: ("b" if t[0] == "a" else "a") + t[1:], lambda t: t + "a", lambda t: "x"],
    )
    def test_altered_link_is_not_valid(self, cast, change):
        with pytest.raises(one_time.LinkNotValid):
            self.choose(change(self.made(cast)))

    def test_link_is_short_enough_to_copy_from_paper(self, cast):
        assert len(self.made(cast)) == 48

    def test_link_moved_to_another_account_is_not_valid(self, cast):
        import base64

        raw = base64.urlsafe_b64decode(self.made(cast))
        self.made(cast, cast.colleague)
        moved = base64.urlsafe_b64encode(cast.colleague.pk.bytes + raw[16:]).decode()
        longer = base64.urlsafe_b64encode(raw[:16] + b"\xff" * 4 + raw[20:]).decode()
        for token in (moved, longer):
            with pytest.raises(one_time.LinkNotValid):
                self.choose(token)

    def test_link_keeps_the_second_factor(self, person, enrolled, cast):
        from allauth.mfa.models import Authenticator

        token = self.made(cast)
        client = Client()
        page = client.get(f"/konto/lank/{token}/", {}).status_code
        assert page in {200, 410}
        self.choose(token)
        assert Authenticator.objects.filter(user=person, type="totp").exists()
        client = Client()
        answer = type_password(client, person.email, "vad som helst men långt")
        assert answer["Location"] == "/konto/logga-in/andra-faktor/"


def test_newcomer_chooses_her_password_and_is_led_to_a_second_factor(cast, clock):
    token = actions.one_time_link(account=cast.worker.pk, by=administrator(cast), now=clock_now())
    client = Client()
    assert client.get(f"/konto/lank/{token}/").status_code == 200
    poor = client.post(f"/konto/lank/{token}/", {"password": "kort", "again": "kort"})
    assert poor.status_code == 200
    good = client.post(f"/konto/lank/{token}/", {"password": PASSWORD, "again": PASSWORD})
    assert good["Location"] == "/konto/logga-in/?bytt=1"
    assert client.get(f"/konto/lank/{token}/").status_code == 410
    assert type_password(client, cast.worker.email).status_code == 302
    assert client.get("/")["Location"] == "/konto/andra-faktor/"


def clock_now():
    from django.utils import timezone

    return timezone.now()


def test_administrator_makes_an_account_and_shows_its_link_once(cast, leaves):
    client = signed_in(cast.administrator, fresh=True)
    answer = client.post("/konto/hantera/nytt/", NEW)
    page = client.get(answer["Location"]).content.decode()
    assert "Ny Kollega" in page
    assert "/konto/lank/" not in page
    assert "Väntar på godkännande" in page
    assert client.post(answer["Location"] + "lank/").status_code == 409
    [request] = waiting_requests()
    second_person.approve(request=request.pk, by=officer(cast), now=NOW)
    shown = client.post(answer["Location"] + "lank/").content.decode()
    link = re.search(r'id="one-time-link">([^<]+)<', shown).group(1)
    assert Client().get(link).status_code == 200
    assert leaves() == ["account.created", "account.reopened", "account.link_made"]


@pytest.mark.parametrize("path", ["nytt/", "{id}/lank/", "{id}/stang/", "{id}/roll/", "{id}/enhet/"])
def test_dangerous_acts_ask_for_confirmation_first(cast, leaves, path):
    client = signed_in(cast.administrator)
    answer = client.post(
        f"/konto/hantera/{path.format(id=cast.worker.pk)}", {**NEW, "role": "auditor", "unit": ""}
    )
    assert answer.status_code == 401
    assert "Bekräfta att det är du" in answer.content.decode()
    assert leaves() == []


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_reaches_the_administration(cast, leaves, role):
    someone = next(person for person in vars(cast).values() if person.role == role)
    client = signed_in(someone, fresh=True)
    for path in ("", "nytt/", f"{cast.worker.pk}/"):
        assert client.get(f"/konto/hantera/{path}").status_code == 403
    for path in (
        "nytt/",
        *(f"{cast.worker.pk}/{act}/" for act in ("stang", "oppna", "roll", "enhet", "avsluta", "lank")),
    ):
        assert client.post(f"/konto/hantera/{path}", NEW).status_code == 403
    assert set(leaves()) == {"page.refused"}


def test_administrator_is_told_why_her_own_account_is_left_alone(cast):
    client = signed_in(cast.administrator, fresh=True)
    answer = client.post(f"/konto/hantera/{cast.administrator.pk}/stang/")
    assert answer.status_code == 409
    assert "annan systemadministratör" in answer.content.decode()


def test_missing_account_is_404(cast):
    client = signed_in(cast.administrator, fresh=True)
    assert client.get("/konto/hantera/00000000-0000-4000-8000-000000000000/").status_code == 404
