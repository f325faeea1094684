"""Adding, replacing and taking out documents, and what those meet who try something else."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from audit.models import Leaf
from avhopp.files import scan, store
from avhopp.files.store import StoreUnavailable
from cases import events
from cases.models import CaseGrant, Document
from tests.cast import acting, make_case
from tests.universe.documents import PDF

pytestmark = pytest.mark.usefixtures("store_folder")
TEXT = {
    "title": "Intyg om vård",
    "direction": "in",
    "dated_on": "2026-03-01",
    "counterpart": "Vårdcentralen",
    "secrecy": "",
}


@pytest.fixture
def client(browse, cast, case):
    return browse(cast.worker)


@pytest.fixture
def new(case):
    return reverse("cases:case_document_new", args=[case])


def key(client, address) -> str:
    page = client.get(address).content.decode()
    return re.search(r'name="key" value="([^"]+)"', page)[1]


def file(content=PDF, name="intyg.pdf", content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


def send(
    client, address, content=PDF, *, name="intyg.pdf", content_type="application/pdf", once=None, **changes
):
    sent = {**TEXT, "key": once or key(client, address), "file": file(content, name, content_type), **changes}
    return client.post(address, sent)


def added(client, new, **changes) -> Document:
    response = send(client, new, **changes)
    assert response.status_code == 302, response.content.decode()
    return Document.objects.order_by("created_at").last()


def download(client, document, **headers):
    address = reverse("cases:case_document_download", args=[document.case_id, document.pk])
    return client.get(address, headers=headers)


def refusals(event=None) -> list[str]:
    found = Leaf.objects.filter(kind="refusal").order_by("-id")
    return [leaf.event for leaf in found if event is None or leaf.event == event.code]


def blobs(folder) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_added_document_is_listed_with_what_was_written(client, case, new):
    added(client, new, secrecy="Röj inte adressen.")
    page = client.get(reverse("cases:case_documents", args=[case])).content.decode()
    for text in ("Intyg om vård", "Inkommen", "Vårdcentralen", "Röj inte adressen.", "Inte genomsökt", "PDF"):
        assert text in page


def test_taken_document_is_saved_and_never_run(client, new, case):
    response = download(client, added(client, new))
    assert b"".join(response) == PDF
    headers = response.headers
    assert re.fullmatch(r'attachment; filename="\d\d-\w{5}-[0-9a-f]{8}\.pdf"', headers["Content-Disposition"])
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Length"] == str(len(PDF))


def test_taking_out_is_recorded_before_the_first_byte(client, new):
    document = added(client, new)
    response = download(client, document)
    # Nothing has been read of the answer yet.
    assert Leaf.objects.filter(event=events.DOCUMENT_TAKEN.code).count() == 1
    b"".join(response)
    assert Leaf.objects.filter(event=events.DOCUMENT_TAKEN.code).count() == 1


def test_what_cannot_be_recorded_is_not_given_out(client, new, monkeypatch):
    document = added(client, new)

    def broken(**kwargs):
        raise DatabaseError

    monkeypatch.setattr("audit.log.Leaf.objects.create", broken)
    response = download(client, document)
    assert response.status_code == 503
    assert not response.streaming
    assert PDF[:20] not in response.content


def test_wish_for_a_part_gets_the_whole(client, new):
    response = download(client, added(client, new), Range="bytes=0-3")
    assert (response.status_code, b"".join(response)) == (200, PDF)
    assert "Content-Range" not in response.headers


def test_answer_is_opened_in_pieces_however_long(client, new):
    content = PDF + bytes(20_000_000)
    document = added(client, new, content=content)
    tracemalloc.start()
    try:
        length = sum(len(piece) for piece in download(client, document))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert length == len(content)
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("content", "name", "content_type", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "brev.pdf", "application/pdf", "slag som inte tas emot"),
        (b"<svg onload='alert(1)'/>", "bild.png", "image/png", "slag som inte tas emot"),
        (b"MZ\x90\x00" + bytes(100), "intyg.pdf", "application/pdf", "slag som inte tas emot"),
        (
            b"PK\x03\x04" + b"word/document.xml word/vbaProject.bin",
            "brev.docx",
            "application/msword",
            "makron",
        ),
        (b"PK\x03\x04" + bytes(100), "bomb.zip", "application/zip", "slag som inte tas emot"),
        (b"", "tom.pdf", "application/pdf", "Välj den fil"),
    ],
    ids=["page", "drawing", "program", "macros", "archive", "empty"],
)
def test_file_that_may_not_come_in_leaves_nothing_and_says_why(
    client,
    new,
    store_folder,
    content,
    name,
    content_type,
    sentence,
):
    response = send(client, new, content, name=name, content_type=content_type)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page or "tom" in page
    assert 'value="Intyg om vård"' in page
    assert not Document.objects.exists()
    assert blobs(store_folder) == []


def test_file_over_the_limit_is_read_to_its_end_and_refused(client, new, settings, store_folder):
    settings.DOCUMENT_MAX_BYTES = len(PDF) - 1
    response = send(client, new)
    assert response.status_code == 422
    assert "för stor" in response.content.decode()
    assert blobs(store_folder) == []
    settings.DOCUMENT_MAX_BYTES = len(PDF)
    assert send(client, new).status_code == 302


def test_name_and_type_that_lie_change_nothing(client, new, store_folder):
    document = added(
        client,
        new,
        content=b"Bara text, rad efter rad.",
        name="../../etc/p\u202exe.html",
        content_type="text/html",
    )
    response = download(client, document)
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].endswith('.txt"')
    b"".join(response)
    assert blobs(store_folder) == [document.blob.hex]


def test_name_of_the_file_is_kept_sealed_and_without_its_path(client, new, cast):
    document = added(client, new, name="C:\\Users\\alma\\..\\Provsson intyg.pdf")
    with acting(cast.worker):
        assert Document.objects.get(pk=document.pk).file_name == "Provsson intyg.pdf"


def test_error_elsewhere_asks_for_the_file_again_and_keeps_what_was_typed(client, new, store_folder):
    response = send(client, new, title="", counterpart="Frivården i Provstad")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Välj filen igen" in page
    assert "Frivården i Provstad" in page
    assert blobs(store_folder) == []


def test_from_whom_is_asked_unless_it_was_made_here(client, new):
    assert send(client, new, counterpart="").status_code == 422
    assert send(client, new, counterpart="", direction="own").status_code == 302


def test_form_sent_twice_makes_one_document(client, new):
    once = key(client, new)
    assert [send(client, new, once=once).status_code for _ in range(2)] == [302, 302]
    assert Document.objects.count() == 1


def test_key_of_a_colleagues_form_is_refused(browse, client, cast, new):
    assert send(client, new, once=key(browse(cast.supervisor), new)).status_code == 422


def test_new_version_covers_the_old_which_can_still_be_taken(client, new, case):
    old = added(client, new)
    replace = reverse("cases:case_document_replace", args=[case, old.pk])
    assert "Intyg om vård" in client.get(replace).content.decode()
    assert send(client, replace, PDF + b"%andra").status_code == 302
    page = client.get(reverse("cases:case_documents", args=[case])).content.decode()
    assert "1 tidigare version" in page
    assert page.count("<article") == 1
    assert b"".join(download(client, old)) == PDF


def test_two_tabs_replace_one_document_once(client, new, case):
    old = added(client, new)
    replace = reverse("cases:case_document_replace", args=[case, old.pk])
    first, second = key(client, replace), key(client, replace)
    assert send(client, replace, once=first).status_code == 302
    response = send(client, replace, once=second)
    assert response.status_code == 409
    assert "redan en nyare version" in response.content.decode()
    assert Document.objects.count() == 2


def test_row_of_a_document_is_never_changed(client, new):
    document = added(client, new)
    for change in (lambda: Document.objects.filter(pk=document.pk).update(version=2), document.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("who", ["stranger", "colleague", "auditor", "administrator"])
def test_others_do_not_find_the_document_by_its_address(browse, cast, client, new, who):
    document = added(client, new)
    response = download(browse(getattr(cast, who)), document)
    assert response.status_code in {403, 404}
    assert not response.streaming


def test_document_of_another_case_is_not_found_through_ones_own(client, cast, new):
    document = added(client, new)
    other = make_case(worker=cast.worker)
    address = reverse("cases:case_document_download", args=[other, document.pk])
    response = client.get(address)
    assert (response.status_code, response.streaming) == (404, False)
    replace = reverse("cases:case_document_replace", args=[other, document.pk])
    assert client.get(replace).status_code == 404


def test_document_is_gone_the_moment_the_grant_ends(client, cast, new):
    document = added(client, new)
    assert b"".join(download(client, document)) == PDF
    CaseGrant.objects.filter(user=cast.worker).update(expires_at=document.created_at)
    response = download(client, document)
    assert (response.status_code, response.streaming) == (404, False)
    assert send(client, new, once="x").status_code == 404


def test_store_that_does_not_answer_is_said_and_recorded(client, new, monkeypatch):
    document = added(client, new)

    def broken(question):
        raise StoreUnavailable

    monkeypatch.setattr(store, "_ask", broken)
    response = download(client, document)
    assert response.status_code == 503
    assert "lagret svarar inte" in response.content.decode()
    assert refusals() == [events.DOCUMENT_UNAVAILABLE.code]
    response = send(client, new)
    assert response.status_code == 422
    assert "lagret svarar inte" in response.content.decode()
    assert Document.objects.count() == 1


def test_damaged_file_is_not_given_out_and_that_is_recorded(client, new, store_folder):
    document = added(client, new)
    path = store_folder / document.blob.hex[:2] / document.blob.hex
    path.write_bytes(path.read_bytes()[:-1])
    response = download(client, document)
    assert (response.status_code, response.streaming) == (503, False)
    assert "inte som den lades in" in response.content.decode()
    assert refusals() == [events.DOCUMENT_DAMAGED.code]


def test_harmful_file_is_refused_and_recorded(client, new, monkeypatch, store_folder):
    def found(sealed):
        raise scan.Infected

    monkeypatch.setattr(scan, "scan", found)
    response = send(client, new)
    assert response.status_code == 403
    assert "skadlig kod" in response.content.decode()
    assert refusals() == [events.DOCUMENT_INFECTED.code]
    assert blobs(store_folder) == []


def test_form_without_its_token_is_refused_and_leaves_nothing(browse, cast, new, store_folder):
    client = browse(cast.worker, enforce_csrf_checks=True)
    sent = {**TEXT, "key": key(client, new), "file": file()}
    assert client.post(new, sent).status_code == 403
    token = client.cookies["csrf"].value
    assert client.post(new, {**sent, "file": file(), "csrfmiddlewaretoken": token}).status_code == 302
    assert len(blobs(store_folder)) == 1


def test_no_other_page_takes_a_file(client, case):
    address = reverse("cases:case_edit", args=[case])
    response = client.post(address, {"need": "x", "source": "self", "version": "1", "file": file()})
    assert response.status_code in {302, 422}
    assert response.wsgi_request.FILES == {}


def test_ended_case_still_takes_what_comes_in(client, new, case):
    from cases.models import Case

    Case.objects.filter(pk=case).update(stage="closed")
    assert send(client, new).status_code == 302
