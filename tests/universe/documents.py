"""Documents and their files."""

from __future__ import annotations

from datetime import date

PDF = b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 40
DOCUMENT = {
    "direction": "in",
    "title": "Intyg",
    "dated_on": date(2026, 3, 1),
    "counterpart": "Vårdcentralen",
    "secrecy": "",
}


def sealed(scope, content: bytes = PDF):
    from avhopp.files.sealing import seal

    return seal([content], scope=scope, limit=10_000_000)


def add(world, content: bytes = PDF, **changes):
    """A document of the worker's."""
    with world.opened(world.cast.worker) as (found, actor):
        return _add(found, actor, content, **changes)


def _add(found, actor, content: bytes = PDF, **changes):
    from cases.actions import documents
    from tests.cast import NOW

    return documents.add(
        opened=found,
        values={**DOCUMENT, **changes},
        file_name="intyg.pdf",
        sealed=sealed(found.case.pk, content),
        by=actor,
        now=NOW,
    )


def _replace(world):
    document = add(world)

    def act():
        from cases.actions import documents
        from tests.cast import NOW

        with world.opened(world.cast.worker) as (found, actor):
            return documents.replace(
                opened=found,
                document=document,
                values=DOCUMENT,
                file_name="intyg.pdf",
                sealed=sealed(found.case.pk),
                by=actor,
                now=NOW,
            )

    return act


def _take(world):
    document = add(world)
    return lambda: world.call(world.cast.worker, "documents.write_down_taken", document=document)


def left_over(world):
    """A file that was stored for a document that never came to be."""
    from avhopp.files import store

    with world.opened(world.cast.worker) as (found, _actor):
        file = sealed(found.case.pk)
        store.put(file)
    return file.file


def _sweep(world):
    from audit.events import job
    from cases.actions import documents
    from tests.cast import NOW

    file = left_over(world)
    return lambda: documents.sweep(file=file, by=job("sweep_documents"), now=NOW)


SCENARIOS = {
    "documents.add": lambda world: lambda: add(world),
    "documents.replace": _replace,
    "documents.write_down_taken": _take,
    "documents.sweep": _sweep,
}


def made(given):
    with given.opened() as verb:
        return {"document": _add(verb["opened"], verb["by"]).pk}
