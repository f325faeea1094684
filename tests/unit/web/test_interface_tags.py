"""The words that pages share: dates, due dates, tags, banners and the control of a form field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from avhopp.web.templatetags import controls, ui

TODAY = date(2026, 3, 12)


def render(source: str, **context: object) -> str:
    return Template("{% load ui controls %}" + source).render(Context(context))


class Contact(forms.Form):
    facts = forms.CharField(
        label="Faktiska omständigheter", max_length=20, widget=forms.Textarea, help_text="Det som hände."
    )
    channel = forms.ChoiceField(
        label="Kanal", choices=[("a", "Telefon"), ("b", "Besök")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="Behov", choices=[("a", "Boende")], widget=forms.CheckboxSelectMultiple, required=False
    )


@pytest.mark.parametrize(
    ("left", "words", "colour"),
    [
        (-2, "Försenad 2 dagar", "red"),
        (-1, "Försenad 1 dag<", "red"),
        (0, "I dag", "yellow"),
        (1, "Om 1 dag<", ""),
        (7, "Om 7 dagar", ""),
        (8, "Om 8 dagar", "grey"),
    ],
)
def test_a_due_date_says_in_words_how_long_is_left(left: int, words: str, colour: str) -> None:
    shown = ui.due(TODAY + timedelta(days=left), today=TODAY)
    assert words in shown
    assert (f"govuk-tag--{colour}" in shown) is bool(colour)


@given(left=st.integers(-4000, 4000))
def test_a_due_date_is_late_exactly_when_it_has_passed(left: int) -> None:
    assert ("Försenad" in ui.due(TODAY + timedelta(days=left), today=TODAY)) is (left < 0)


def test_what_is_done_is_never_late() -> None:
    assert "Klart" in ui.due(TODAY - timedelta(days=9), today=TODAY, done=True)


def test_a_moment_is_written_in_stockholm_time() -> None:
    shown = ui.when(datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert "2026-07-02\u00a0kl.\u00a000.30" in shown
    assert 'datetime="2026-07-02T00:30+02:00"' in shown


def test_a_day_is_written_as_it_is_and_nothing_as_a_dash() -> None:
    assert ui.when(TODAY) == '<time datetime="2026-03-12">2026-03-12</time>'
    assert ui.when(None) == "–"


def test_a_colour_or_a_banner_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        ui.tag("Pågår", "pink")
    with pytest.raises(TemplateSyntaxError):
        render('{% banner kind="fel" %}x{% endbanner %}')


@pytest.mark.parametrize("hostile", ["<script>x</script>", '"><img src=x onerror=x>'])
def test_what_people_write_is_text_in_every_tag(hostile: str) -> None:
    shown = render(
        "{% tag text %}{% banner title=text %}{{ text }}{% endbanner %}{% card title=text %}{{ text }}{% endcard %}"
        "{% scroll label=text %}{{ text }}{% endscroll %}{% icon 'lock' text %}{{ text|initials }}",
        text=hostile,
    )
    assert "<script" not in shown
    assert "<img" not in shown


def test_initials_take_the_first_and_the_last_name() -> None:
    assert ui.initials("Karin Maria Ekdal") == "KE"
    assert ui.initials("Ask") == "A"
    assert ui.initials("") == ""


def test_a_wrong_field_says_so_to_eye_and_ear() -> None:
    form = Contact(data={"facts": "x" * 21, "channel": "a"})
    shown = str(form["facts"].as_field_group())
    assert "govuk-textarea--error" in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_facts_helptext id_facts_error id_facts-info"' in shown
    assert 'id="id_facts_error"' in shown


def test_the_error_summary_leads_to_the_first_of_several_choices() -> None:
    form = Contact(data={"facts": "x"})
    assert controls.target(form["channel"]) == "id_channel_0"
    assert 'href="#id_channel_0"' in str(form)
    assert 'id="id_channel_0"' in str(form)


def test_checkboxes_are_not_taken_for_radios_though_they_inherit_them() -> None:
    assert controls.kind(Contact()["needs"]) == "checkboxes"
    assert controls.kind(Contact()["channel"]) == "radios"


def test_only_what_may_be_left_out_is_marked() -> None:
    form = Contact()
    assert "(frivilligt)" in str(form["needs"].as_field_group())
    assert "(frivilligt)" not in str(form["channel"].as_field_group())
