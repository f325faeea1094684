"""Error reports and logs name places and types, never values."""

from __future__ import annotations

import logging
import sys

from django.test import RequestFactory, override_settings

from avhopp.web.reports import WithoutExceptionText, WithoutVariables

CANARY = "KANARIEFÅGEL-7731"


def failure():
    secret = CANARY
    raise ValueError(f"could not use {secret}")


def caught():
    try:
        failure()
    except ValueError:
        return sys.exc_info()


def test_report_holds_no_value_with_debug_on_or_off():
    request = RequestFactory().post("/x/", {"facts": CANARY}, HTTP_COOKIE=f"a={CANARY}")
    for debug in (True, False):
        with override_settings(DEBUG=debug):
            report = WithoutVariables(request, *caught())
            for text in (report.get_traceback_html(), report.get_traceback_text()):
                assert CANARY not in text.replace('raise ValueError(f"could not use {secret}")', "")
                assert "failure" in text


def test_logged_exception_is_its_type_and_places():
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "något gick fel", (), caught())
    assert WithoutExceptionText().filter(record)
    line = logging.Formatter("%(message)s").format(record)
    assert CANARY not in line
    assert "builtins.ValueError" in line
    assert "failure" in line
