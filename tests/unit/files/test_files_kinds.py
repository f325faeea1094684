"""A file is what its bytes say: what may come in is named, and everything else is nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.files.kinds import KINDS, Sniffer


def container(*entries: tuple[str, str], deflated: bool = True) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as file:
        for name, text in entries:
            method = zipfile.ZIP_STORED if name == "mimetype" else None
            file.writestr(name, text, compress_type=method)
    return made.getvalue()


TYPES = ("[Content_Types].xml", "<Types/>")
WORD = ("word/document.xml", "<w:document/>")
SHEET = ("xl/workbook.xml", "<workbook/>")


def odf(kind: str) -> tuple[str, str]:
    return ("mimetype", f"application/vnd.oasis.opendocument.{kind}")


WELCOME = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "docx": container(TYPES, WORD),
    "xlsx": container(TYPES, SHEET),
    "odt": container(odf("text"), ("content.xml", "<a/>")),
    "ods": container(odf("spreadsheet"), ("content.xml", "<a/>")),
    "jpg": b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + bytes(40),
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40),
    "tiff": b"II*\x00\x08\x00\x00\x00" + bytes(40),
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40),
    "txt": "Anteckning från mötet.\nHon kom i tid, på tisdagen.\n".encode(),
}
UNWELCOME = {
    "page": b"<!doctype html><html><script>alert(1)</script></html>",
    "page after blank lines": b"\n\n  \t<html><script>alert(1)</script>",
    "page after a byte order mark": b"\xef\xbb\xbf<html><script>alert(1)</script>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing as XML": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "archive": container(("brev.txt", "hej")),
    "archive in two kinds": container(TYPES, WORD, SHEET),
    "program in an archive": container(("word.exe", "MZ")),
    "open document template": container(odf("text-template")),
    "open document drawing": container(odf("graphics")),
    "program": b"MZ\x90\x00" + bytes(200),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(200),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rich text": b"{\\rtf1\\ansi{\\object\\objupdate}}",
    "animation": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "rar": b"Rar!\x1a\x07\x00" + bytes(40),
    "gzip": b"\x1f\x8b\x08\x00" + bytes(40),
    "nothing but zeros": bytes(5000),
    "blank": b" \n\n\t ",
    "text with a zero far in": b"Hej. " * 2000 + b"\x00",
}


def told(content: bytes, *, size: int = 1000):
    sniffer = Sniffer()
    for start in range(0, len(content), size):
        sniffer.see(content[start : start + size])
    return sniffer


def test_every_welcome_kind_is_tried():
    assert set(WELCOME) == set(KINDS)


@pytest.mark.parametrize("code", sorted(WELCOME))
def test_welcome_file_is_what_it_is(code):
    sniffer = told(WELCOME[code])
    assert sniffer.kind() is KINDS[code]
    assert not sniffer.has_macros


@pytest.mark.parametrize("what", sorted(UNWELCOME))
def test_everything_else_is_nothing(what):
    assert told(UNWELCOME[what]).kind() is None


@pytest.mark.parametrize(
    "opening",
    [
        "{Hej}",
        "MZ hej",
        "BMW:n stod utanför.",
        "PKK",
        "From: någon",
        "#! så började det",
        "12:30 ringde hon",
        "%PD hej",
    ],
)
def test_text_may_begin_with_what_looks_like_something_else(opening):
    assert told(f"{opening} och så vidare, rad efter rad.\n".encode()).kind() is KINDS["txt"]


def test_document_that_is_also_a_page_is_the_document():
    both = WELCOME["pdf"] + b"<html><script>alert(1)</script></html>"
    assert told(both).kind() is KINDS["pdf"]
    # The other way round, as browsers that guess would take it, it is nothing.
    assert told(b"<html>" + WELCOME["pdf"]).kind() is None


@pytest.mark.parametrize("mark", ["word/vbaProject.bin", "Basic/script-lc.xml"])
def test_macros_are_seen_wherever_the_container_holds_them(mark):
    content = container(TYPES, WORD, ("word/media/a", "x" * 70_000), (mark, "Sub A()"), deflated=False)
    assert told(content, size=997).has_macros
    assert told(content, size=64 * 1024).has_macros


def test_text_about_macros_has_none():
    assert not told(b"Filen hette vbaProject.bin.").has_macros


@given(st.integers(1, 300))
def test_it_does_not_matter_in_what_pieces_a_file_comes(size):
    for code, content in WELCOME.items():
        assert told(content, size=size).kind() is KINDS[code]


@given(st.binary(max_size=300))
def test_no_bytes_break_it_and_markup_is_never_text(content):
    assert told(content, size=64).kind() in {None, *KINDS.values()}
    assert told(b"<" + content).kind() in {None, *KINDS.values()} - {KINDS["txt"]}
