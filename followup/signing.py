"""Signs a series of released files, and checks that somebody has. Pure.

What is signed is one line of text for each of: the format, how many releases the series has, and the hash of the last
one, which through the chain holds every byte of them all. So one that is left out at the end is missed as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from audit.note import BadKey, BadNote, Note, NotSigned, SigningKey, VerifyKey
from followup.disclosure import files, reading
from followup.disclosure.release import Broken, Release, canonical, require_chain

FORMAT: Final = files.SIGNED


def sign(*, releases: Sequence[Release], key: SigningKey) -> str:
    """Return the signed note of a series."""
    text = files.signed_text(releases=releases)
    return str(Note(text, (key.sign(text),)))


def bundle(*, releases: Sequence[Release], note: str) -> bytes:
    """Write a series with its signature as one file."""
    content = reading.parse(text=files.bundle(releases=releases))
    return canonical(content={"format": FORMAT, "note": note, "releases": content["releases"]})


def read(*, data: bytes, public: str) -> list[Release]:
    """Read a signed file; raises `Broken` unless it is whole and signed with the key that `public` names."""
    found = reading.mapping(of=reading.parse(text=data), at="filen")
    reading.keys(of=found, required=("format", "note", "releases"), optional=(), at="filen")
    if found["format"] != FORMAT:
        raise reading.Malformed(f"filen: format ska vara {FORMAT}")
    releases = files.read_released(
        data=canonical(content={"format": files.BUNDLE, "releases": found["releases"]})
    )
    require_chain(releases=releases)
    verify(releases=releases, note=reading.text(of=found["note"], at="note"), public=public)
    return releases


def verify(*, releases: Sequence[Release], note: str, public: str) -> None:
    """Raise `Broken` unless the note is of this series and holds with the key that `public` names."""
    try:
        signed = Note.parse(note)
        signed.signed_by(VerifyKey.parse(public))
    except (BadNote, BadKey, NotSigned) as error:
        raise Broken("underskriften håller inte") from error
    if signed.text != files.signed_text(releases=releases):
        raise Broken("underskriften gäller andra filer: någon är ändrad, tillagd eller borttagen")
