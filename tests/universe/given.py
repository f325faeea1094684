"""What `made` is given: a case opened by its worker, its supervisor, and a colleague who is helped in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from tests.cast import NOW, acting


@dataclass
class Given:
    """A case with its people."""

    case: UUID
    worker: object
    supervisor: object
    helper: object

    @contextmanager
    def opened(self, user=None):
        """The case opened as somebody, with what every verb takes: `with given.opened() as verb: give(**verb)`."""
        from cases.access import get_case

        with acting(user or self.worker) as actor:
            yield {"opened": get_case(actor=actor, case=self.case, at=NOW), "by": actor, "now": NOW}
