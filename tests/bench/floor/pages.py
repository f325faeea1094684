"""The list and the notes page as a plain Django project would have them, in a frame as long as ours.

The frame around the rows is our own page's text, put into the template as it is: nothing is looked up or translated for
it, which is stricter on us than a frame that somebody had to write. The rows are written out with the same markup.
"""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template import Engine, Template
from django.template.context import make_context
from django.test import Client, override_settings
from django.urls import include, path

from tests.bench.floor import dressed
from tests.bench.floor.models import FloorCase, FloorNote

MIDDLEWARE = [
    "tests.bench.floor.pages.floor_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
ROWS = """{% for case in page %}<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">
<a class="govuk-link" href="{% url 'case_notes' case.pk %}">{{ case.number }}</a></th>
<td class="govuk-table__cell">{{ case.person.given_name }} {{ case.person.family_name }}</td>
<td class="govuk-table__cell">{{ case.get_track_display }}</td>
<td class="govuk-table__cell"><strong class="govuk-tag">{{ case.get_stage_display }}</strong></td>
<td class="govuk-table__cell govuk-table__cell--nowrap"><strong class="govuk-tag govuk-tag--grey">
{{ case.next_deadline|timeuntil }}</strong></td></tr>
{% endfor %}"""
NOTES = """{% for note in notes %}<article class="app-note app-note--signed" id="n-{{ note.pk }}">
<header class="app-note__head">
<p class="app-note__tags"><strong class="govuk-tag govuk-tag--green">Signerad</strong> </p>
<h2 class="govuk-heading-m app-note__title">{{ note.get_kind_display }}</h2><dl class="app-note__meta">
<div><dt>Händelsedatum</dt><dd><time datetime="{{ note.event_date|date:'Y-m-d' }}">
{{ note.event_date|date:"Y-m-d" }}</time></dd></div>
<div><dt>Antecknat</dt><dd><time datetime="{{ note.created_at|date:'c' }}">
{{ note.created_at|date:"Y-m-d \\k\\l. H.i" }}</time></dd></div><div><dt>Av</dt><dd>{{ note.author.name }}</dd></div>
<div><dt>Signerad</dt><dd><time datetime="{{ note.signed_at|date:'c' }}">
{{ note.signed_at|date:"Y-m-d \\k\\l. H.i" }}</time></dd></div></dl></header>
<div class="app-note__body"><h3 class="app-note__part">Faktiska omständigheter</h3>
<p class="app-note__text">{{ note.facts }}</p></div>
<footer class="app-note__foot"><a class="govuk-button govuk-button--secondary" href="{% url 'case_notes' case.pk %}">
Rätta</a></footer></article>
{% endfor %}"""

engine = Engine(
    context_processors=PROCESSORS
)  # an engine's templates are parsed once, when they are made below
_templates: dict[str, Template] = {}


def floor_addresses(get_response):
    """Send the floor's requests to the floor's own addresses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def frame_from(*, list_page: str, notes_page: str) -> None:
    """Make the floor's templates out of our pages' frames."""
    head, rest = _as_template(list_page).split('<tbody class="govuk-table__body">')
    _templates["list"] = engine.from_string(f"{head}<tbody>{ROWS}</tbody>{rest.split('</tbody>')[1]}")
    text = _as_template(notes_page)
    head, tail = text[: text.index("<article")], text[text.rindex("</article>") + len("</article>") :]
    _templates["notes"] = engine.from_string(f"{head}{NOTES}{tail}")


def _as_template(page: str) -> str:
    if re.search(r"{[{%#]", page):
        raise ValueError("our page holds what a template would read as its own")
    token = r'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]+">'
    return re.sub(
        r'"X-CSRFToken": "\w+"', '"X-CSRFToken": "{{ csrf_token }}"', re.sub(token, "{% csrf_token %}", page)
    )


def _answer(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    made = make_context(context, request)
    return HttpResponse(_templates[name].render(made))


def _listed(request: HttpRequest) -> Page[FloorCase]:
    rows = FloorCase.objects.select_related("person", "responsible")
    rows = rows.order_by(F("next_deadline").asc(nulls_last=True), "number")
    return Paginator(rows, 25).get_page(request.GET.get("page", "1"))


def _file(case: int) -> tuple[FloorCase, QuerySet[FloorNote]]:
    found = get_object_or_404(FloorCase.objects.select_related("person", "responsible"), pk=case)
    return found, found.notes.select_related("author").order_by("-created_at", "-id")


@transaction.non_atomic_requests
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """Every case by deadline, a page at a time."""
    return _answer(request, "list", {"page": _listed(request)})


@transaction.non_atomic_requests
@login_required
def case_notes(request: HttpRequest, case: int) -> HttpResponse:
    """One case with its notes, last written first."""
    found, notes = _file(case)
    return _answer(request, "notes", {"case": found, "notes": notes})


@transaction.non_atomic_requests
@login_required
def dressed_cases(request: HttpRequest) -> HttpResponse:
    """The same plain rows in our own templates: what the interface costs without anything that protects."""
    page = _listed(request)
    return render(request, "cases/index.html", dressed.cases(page))


@transaction.non_atomic_requests
@login_required
def dressed_notes(request: HttpRequest, case: int) -> HttpResponse:
    """The same plain notes in our own templates."""
    found, notes = _file(case)
    return render(request, "cases/notes.html", dressed.notes(found, notes))


def client_like(client: Client) -> Client:
    """A browser with the same session, whose requests pass only the middleware that a new project has."""
    made = Client()
    made.cookies = client.cookies.copy()
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        made.handler.load_middleware()
    return made


urlpatterns = [
    path("arenden/", cases, name="list"),
    path("arenden/<int:case>/anteckningar/", case_notes, name="case_notes"),
    path("i-var-mall/", dressed_cases),
    path("i-var-mall/<int:case>/", dressed_notes),
    # The addresses that our templates lead to; the floor's own come first.
    path("", include("config.urls")),
]
