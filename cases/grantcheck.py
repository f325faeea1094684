"""Gives the verification of the record every grant that there is, in the form in which the leaves tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from audit.verification import grants
from avhopp.sealed import scope as scopes
from cases import events
from cases.actions.cases import grant_detail
from cases.models import CaseGrant

CHUNK = 500


def register() -> None:
    """Let grants be compared; called once when the application starts."""
    label = CaseGrant._meta.label_lower
    grants.register(grants.Grants(label=label, events=frozenset({events.CASE_OPENED.code}), rows=rows, of=of))


def rows() -> Iterator[tuple[UUID, dict[str, str]]]:
    """Every grant, in the order of its id: the case that it opens, and what the record keeps of it."""
    found = CaseGrant.objects.select_related("permission").order_by("pk")
    for grant in found.iterator(chunk_size=CHUNK):
        yield grant.content_object_id, grant_detail(grant)


def of(case: UUID) -> list[dict[str, str]]:
    """The grants of one case, whoever asks; they name staff alone."""
    with scopes.asking_as("search_log"):
        found = CaseGrant.objects.select_related("permission").filter(content_object_id=case)
        return [grant_detail(grant) for grant in found.order_by("pk")]
