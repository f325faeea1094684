"""What a file is, told by its bytes; its name and what the browser calls it count for nothing. Pure.

Only the kinds of `KINDS` come in. A page, a drawing with script in it, an archive, a program or a document with macros
is none of them. Nothing is unpacked: the entries' names stand in clear in a container, and they are enough. A file that
is several things at once is served as the one named here, as an attachment that no browser runs (`serving`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import puremagic

from avhopp.translation import gettext_noop

HEAD_BYTES = 4096
CONTAINER = b"PK\x03\x04"
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
# The entry that says which kind of container it is, by its name as the container holds it in clear.
ENTRIES = {b"word/document.xml": "docx", b"xl/workbook.xml": "xlsx"}
MACROS = (b"vbaProject.bin", b"Basic/script-lc.xml")
# Marks of a few letters, which a text may begin with, are told with less.
SURE = 0.6
_LONGEST = max(len(mark) for mark in (*ENTRIES, *MACROS))
# Tab, line break, form feed and carriage return are text; other control characters are not.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file that may come in: `extension` is its code and ends its name when it goes out."""

    extension: str
    media_type: str
    name: str


KINDS: dict[str, Kind] = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", gettext_noop("PDF")),
        Kind(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            gettext_noop("Word-dokument"),
        ),
        Kind(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            gettext_noop("Excel-arbetsbok"),
        ),
        Kind("odt", "application/vnd.oasis.opendocument.text", gettext_noop("OpenDocument-text")),
        Kind("ods", "application/vnd.oasis.opendocument.spreadsheet", gettext_noop("OpenDocument-kalkyl")),
        Kind("jpg", "image/jpeg", gettext_noop("JPEG-bild")),
        Kind("png", "image/png", gettext_noop("PNG-bild")),
        Kind("tiff", "image/tiff", gettext_noop("TIFF-bild")),
        Kind("heic", "image/heif", gettext_noop("HEIF-bild")),
        Kind("txt", "text/plain", gettext_noop("Text")),
    )
}
_PLAIN = {KINDS[code].media_type: KINDS[code] for code in ("pdf", "jpg", "png", "tiff", "heic")}
_TEXT, _SHEET = KINDS["odt"], KINDS["ods"]


class Sniffer:
    """Looks at a file as it passes; keeps its first bytes and what it has seen, never the file."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._seen: set[bytes] = set()
        self._is_text = True

    def see(self, piece: bytes) -> None:
        """Look at the next piece."""
        self._head += piece[: HEAD_BYTES - len(self._head)]
        window = self._tail + piece
        self._seen |= {mark for mark in (*ENTRIES, *MACROS) if mark in window}
        self._tail = window[-_LONGEST:]
        self._is_text = self._is_text and _NO_TEXT.search(piece) is None

    @property
    def has_macros(self) -> bool:
        """Tell whether it is a document that carries a program."""
        return self._head.startswith(CONTAINER) and not self._seen.isdisjoint(MACROS)

    def kind(self) -> Kind | None:
        """Name the kind of what has passed, or None for everything that may not come in."""
        if self._head.startswith(CONTAINER):
            return self._container()
        try:
            told = puremagic.magic_string(self._head)
        except (puremagic.PureError, ValueError):
            return self._text()
        best = told[0].confidence
        likely = (match.mime_type for match in told if match.confidence == best)
        found = next((_PLAIN[media] for media in likely if media in _PLAIN), None)
        return found or (self._text() if best < SURE else None)

    def _container(self) -> Kind | None:
        if self._head[30:].startswith(OPEN_DOCUMENT):
            rest = self._head[30 + len(OPEN_DOCUMENT) :]
            # Templates and master documents go on with a hyphen.
            of = {b"text": _TEXT, b"spreadsheet": _SHEET}
            return next((kind for word, kind in of.items() if re.match(word + rb"(?![-a-z])", rest)), None)
        found = [code for entry, code in ENTRIES.items() if entry in self._seen]
        return KINDS[found[0]] if len(found) == 1 else None

    def _text(self) -> Kind | None:
        # A page, a drawing and other markup begin with "<", whatever stands before it that nobody sees.
        is_markup = self._head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        return KINDS["txt"] if self._is_text and self._head.strip() and not is_markup else None
