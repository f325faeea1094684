"""Asking, approving, returning; giving and ending access; editing beside somebody else."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseGrant, StageRequest
from tests.cast import acting

ASKED = {"ticked": ["need_described", "acute_considered"], "reason": "Det första är gjort."}


@pytest.fixture
def client(browse, cast, case):
    return browse(cast.worker)


@pytest.fixture
def boss(browse, cast, case):
    return browse(cast.supervisor)


@pytest.fixture
def address(client, case) -> str:
    """The address of a request that waits."""
    return ask(client, case).url


def ask(client, case, to="inquiry", **changes):
    return client.post(
        reverse("cases:case_stage_request", args=[case]) + f"?to_stage={to}", {**ASKED, **changes}
    )


def seen(client, address) -> str:
    return client.get(address).context["form"]["seen"].value()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ticked": ["informed"]}, "ticked"), ({"ticked": []}, "ticked"), ({"reason": " "}, "reason")],
)
def test_request_that_lacks_something_is_refused_with_the_text_kept(client, case, changes, field):
    response = ask(client, case, **changes)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert changes.get("reason", "Det första är gjort.") in response.content.decode()
    assert not StageRequest.objects.exists()


def test_closure_asks_for_its_reason(client, case):
    closing = {"ticked": ["client_told", "summary"]}
    assert "closure_reason" in ask(client, case, to="closed", **closing).context["form"].errors
    assert ask(client, case, to="closed", closure_reason="own_request", **closing).status_code == 302


def test_stage_that_cannot_be_reached_is_not_offered(client, case):
    response = client.get(reverse("cases:case_stage_request", args=[case]), {"to_stage": "aftercare"})
    assert response.status_code == 422
    assert "to_stage" in response.context["form"].errors


def test_request_sent_twice_waits_once(client, case, address):
    assert ask(client, case).url == address
    assert StageRequest.objects.count() == 1


def test_requester_reads_why_she_cannot_approve(client, address):
    page = client.get(address).content.decode()
    assert "Du har själv gjort begäran" in page
    assert "Godkänn skedet" not in page


def test_requester_who_posts_an_approval_is_refused_and_recorded(client, address):
    from audit.models import Leaf

    response = client.post(address, {"do": "approve", "seen": "00", "comment": ""})
    assert response.status_code == 403
    assert StageRequest.objects.get().state == "pending"
    assert Leaf.objects.filter(event="action.refused").count() == 1


def test_supervisor_approves_what_she_saw(boss, address, case):
    response = boss.post(address, {"do": "approve", "seen": seen(boss, address), "comment": ""})
    assert response.url == reverse("cases:case", args=[case])
    assert Case.objects.get().stage == "inquiry"


def test_approval_of_something_else_than_what_was_seen_is_409(boss, address):
    response = boss.post(address, {"do": "approve", "seen": "00" * 32, "comment": ""})
    assert response.status_code == 409
    assert Case.objects.get().stage == "intake"


def test_approval_sent_twice_is_409_and_changes_nothing_more(boss, address):
    data = {"do": "approve", "seen": seen(boss, address), "comment": ""}
    assert [boss.post(address, data).status_code for _ in range(2)] == [302, 409]
    assert Case.objects.get().stage == "inquiry"


def test_return_asks_for_a_comment(boss, address):
    data = {"do": "return", "seen": seen(boss, address), "comment": ""}
    refused = boss.post(address, data)
    assert refused.status_code == 422
    assert "comment" in refused.context["form"].errors
    assert boss.post(address, {**data, "comment": "Komplettera."}).status_code == 302
    assert StageRequest.objects.get().state == "returned"


def test_change_of_the_case_voids_the_request_and_says_so(client, boss, address, case):
    edit = reverse("cases:case_edit", args=[case])
    warned = client.get(edit).content.decode()
    client.post(edit, {"intake": "own_contact", "source": "self", "need": "Annat.", "version": 1})
    assert "måste skedet begäras på nytt" in warned
    assert "ändrades medan begäran väntade" in boss.get(address).content.decode()
    assert address in client.get(reverse("start")).content.decode()


def test_request_is_taken_back_after_a_question(client, address):
    assert client.get(address + "aterta/").status_code == 200
    assert StageRequest.objects.get().state == "pending"
    client.post(address + "aterta/")
    assert StageRequest.objects.get().state == "withdrawn"


def test_approval_waits_on_the_start_page_of_the_supervisor_and_not_of_the_requester(client, boss, address):
    assert address in boss.get(reverse("start")).content.decode()
    assert address in boss.get(reverse("cases:approvals")).content.decode()
    assert address not in client.get(reverse("start")).content.decode()


def test_ended_case_refuses_notes_with_the_reason(client, boss, case):
    closing = {"ticked": ["client_told", "summary"], "closure_reason": "own_request"}
    address = ask(client, case, to="closed", **closing).url
    boss.post(address, {"do": "approve", "seen": seen(boss, address), "comment": ""})
    response = client.post(reverse("cases:case_note_new", args=[case]))
    assert response.status_code == 403
    assert "Ärendet är avslutat" in response.content.decode()


def test_two_people_edit_the_case_and_see_both_texts(client, boss, case, cast):
    edit = reverse("cases:case_edit", args=[case])
    data = {"intake": "own_contact", "source": "self", "version": 1}
    boss.post(edit, {**data, "need": "Arbetsledarens version."})
    response = client.post(edit, {**data, "need": "Min version."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Arbetsledarens version." in page
    assert "Supervisor" in page
    assert "Min version." in page[page.index("<textarea") :]
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert client.post(edit, {**data, "need": "Min version.", "version": version}).status_code == 302
    with acting(cast.worker):
        assert Case.objects.get().need == "Min version."


def test_saving_what_is_not_changed_changes_nothing(client, case):
    client.post(
        reverse("cases:case_edit", args=[case]),
        {"intake": "own_contact", "source": "self", "need": "Vill lämna.", "version": 1},
    )
    assert Case.objects.get().version == 1


def test_worker_cannot_give_access(client, case):
    assert client.get(reverse("cases:case_access_give", args=[case])).status_code == 403


def give(boss, case, user, **changes):
    data = {"user": str(user.pk), "basis": "co_worker", "last_day": "", **changes}
    return boss.post(reverse("cases:case_access_give", args=[case]), data)


def test_access_is_given_and_ends_at_once(browse, boss, case, cast):
    helper = browse(cast.co_worker)
    page = reverse("cases:case", args=[case])
    assert helper.get(page).status_code == 404
    assert give(boss, case, cast.co_worker).status_code == 302
    assert helper.get(page).status_code == 200
    grant = CaseGrant.objects.get(user=cast.co_worker)
    end = reverse("cases:case_access_end", args=[case, grant.pk])
    assert boss.get(end).status_code == 200
    assert helper.get(page).status_code == 200
    boss.post(end)
    assert helper.get(page).status_code == 404
    assert boss.post(end).status_code == 404


def test_access_given_twice_is_given_once(boss, case, cast):
    assert give(boss, case, cast.co_worker).status_code == 302
    again = give(boss, case, cast.co_worker)
    assert again.status_code == 422
    assert "redan åtkomst" in str(again.context["form"].errors)
    assert CaseGrant.objects.filter(user=cast.co_worker).count() == 1


def test_access_until_yesterday_is_refused(boss, case, cast):
    response = give(boss, case, cast.co_worker, last_day="2020-01-01")
    assert response.status_code == 422
    assert "last_day" in response.context["form"].errors


def test_last_day_of_access_is_whole(boss, case, cast):
    today = timezone.localdate()
    give(boss, case, cast.co_worker, last_day=str(today))
    ends = timezone.localtime(CaseGrant.objects.get(user=cast.co_worker).expires_at)
    assert (ends.hour, ends.minute, (ends.date() - today).days) == (0, 0, 1)


def test_access_page_says_who_has_access_and_who_has_read(client, boss, case):
    client.get(reverse("cases:case", args=[case]))
    page = boss.get(reverse("cases:case_access", args=[case])).content.decode()
    assert "Ansvarig handläggare" in page
    assert "Öppnade ärendet" in page
    assert "Worker" in page


def test_co_worker_sees_who_has_access_but_not_who_has_read(browse, boss, case, cast):
    give(boss, case, cast.co_worker)
    page = browse(cast.co_worker).get(reverse("cases:case_access", args=[case])).content.decode()
    assert "Vem har åtkomst" in page
    assert "Vem har läst" not in page


def test_extract_for_the_client_says_when_what_role_and_unit_and_no_colleagues_name(browse, cast, case):
    from audit.models import Leaf

    browse(cast.supervisor).get(reverse("cases:case", args=[case]))
    browser = browse(cast.worker)
    page = browser.get(reverse("cases:case_extract", args=[case])).content.decode()
    file = browser.get(reverse("cases:case_extract_file", args=[case])).content.decode("utf-8-sig")
    for shown in (page, file):
        for told in ("öppnade ärendet", "Arbetsledare", "Enhet Norr"):
            assert told in shown
    assert cast.supervisor.name not in file
    assert cast.worker.name not in file
    assert "192.0.2" not in file
    assert Leaf.objects.filter(event="case.extract_made").count() == 2
    assert browse(cast.co_worker).get(reverse("cases:case_extract", args=[case])).status_code == 403
    assert browse(cast.stranger).get(reverse("cases:case_extract", args=[case])).status_code == 404
