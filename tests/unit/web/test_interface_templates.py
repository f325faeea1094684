"""What holds for every template: nothing that the Content-Security-Policy would stop, and nothing that tells apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ERRORS = sorted(
    path.stem
    for path in (ROOT / "templates" / "errors").glob("*.html")
    if path.stem not in {"base", "logged_out"}
)
FORBIDDEN = {
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a data or javascript address": re.compile(
        r"""(?:src|href|action)\s*=\s*["']?(?:data|javascript):""", re.IGNORECASE
    ),
    "an address elsewhere": re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_what_the_policy_stops(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_is_the_same_to_the_last_byte_and_holds_no_token(name: str) -> None:
    first = render_to_string(f"errors/{name}.html", {"bare": True})
    assert first == render_to_string(f"errors/{name}.html", {"bare": True})
    assert "csrf" not in first
    assert "<form" not in first
    assert 'href="/"' in first


def test_the_style_guide_needs_nothing_from_a_view() -> None:
    shown = render_to_string("styleguide.html", request=RequestFactory().get("/?page=3&status=open"))
    assert "Försenad 3 dagar" in shown
    assert 'href="?page=4&amp;status=open"' in shown
    assert "färre än 5" in shown


def test_a_protected_figure_never_shows_its_value() -> None:
    shown = render_to_string(
        "components/figure.html", {"label": "x", "value": 31337, "protected": True, "threshold": 5}
    )
    assert "31337" not in shown
