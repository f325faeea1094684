"""What the record keeps of a request."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from avhopp.accounts.circumstances import session_mark
from avhopp.accounts.lockout import username
from avhopp.accounts.sessions import client_in_words

KEYS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=32, max_size=32)


@given(KEYS, KEYS)
def test_session_mark_tells_sessions_apart_and_shows_no_key(one, other):
    assert re.fullmatch(r"[0-9a-f]{32}", session_mark(one))
    assert (session_mark(one) == session_mark(other)) == (one == other)
    assert one not in session_mark(one)


def test_session_mark_depends_on_the_secret(settings):
    before = session_mark("k" * 32)
    settings.SECRET_KEY = "another secret, long enough to be one"
    assert session_mark("k" * 32) != before


def test_no_session_has_no_mark():
    assert session_mark(None) == session_mark("") == ""


@given(st.emails())
def test_lock_out_name_hides_what_was_typed(typed):
    hidden = username(None, {"email": typed})
    assert re.fullmatch(r"[0-9a-f]{64}", hidden)
    assert username(None, {"login": f" {typed.upper()} "}) == username(None, {"login": typed.upper()})
    assert username(None, {"username": typed}) == hidden


def test_browser_is_reduced_to_what_a_person_recognises():
    chrome = (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"
    )
    assert client_in_words(chrome) == "Chrome, Linux"
    assert client_in_words(chrome + " Edg/131.0") == "Edge, Linux"
    assert client_in_words("curl/8") == "Okänd webbläsare"
    assert client_in_words("Firefox/130 <script>") == "Firefox"
