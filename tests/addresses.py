"""Every address of the programme, read from the resolver, and the rows that those of a case are filled in with."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import NOW, acting, actor_for, make_case
from tests.followup_made import rows as followup_rows
from tests.universe import rows_of
from tests.universe.given import Given

# Sign-in, session and second factor belong to nobody's case; tests/integration/accounts has their rules.
OWN_ACCOUNT = ("account_", "mfa_", "accounts:")


def patterns(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}", tuple(entry.pattern.converters)


ADDRESSES = sorted(item for item in set(patterns()) if not item[0].startswith(OWN_ACCOUNT))


class Universe:
    """One case of the worker's, one of her colleague's and one of the other unit's, each with a row of everything that
    has addresses."""

    def __init__(self, cast, *, with_one_more: bool = False) -> None:
        # One review: to the auditor her colleague's item is her own to judge, and the one about herself is not.
        own, colleagues, foreign = (
            self._file(cast.worker, cast.supervisor, helper=cast.co_worker),
            self._file(cast.colleague, cast.supervisor, helper=cast.colleague),
            self._file(cast.stranger, cast.other_supervisor, helper=cast.stranger),
        )
        review, hers, officers = self._review(cast)
        shared = followup_rows(cast) | self._decoy(cast) | {"year": NOW.year}
        # The keeper alone makes certificates; who has a database of her own may put one there.
        shared["certificate"] = uuid4()
        self.ids = {
            "own": own | shared | {"review": review, "item": hers},
            "colleagues": colleagues | shared,
            "foreign": foreign | shared | {"review": review, "item": officers},
            "missing": {},
        }
        if with_one_more:
            # Whoever asks for it destroys it.
            self.ids["shredded"] = (
                self._file(self._one_more(cast), cast.supervisor, helper=cast.worker) | shared
            )

    @staticmethod
    def _file(worker, supervisor, *, helper) -> dict[str, UUID]:
        from audit.models import Leaf

        rows = rows_of(Given(make_case(worker=worker), worker, supervisor, helper))
        leaf = Leaf.objects.order_by("-id").first()
        assert leaf is not None
        return {**rows, "leaf": leaf.pk}

    @staticmethod
    def _one_more(cast):
        from avhopp.accounts.models import User

        unit = cast.worker.unit
        return User.objects.create_user(
            email="onemore@example.invalid", name="One more", title="", role="case_worker", unit=unit
        )

    @staticmethod
    def _review(cast) -> tuple[UUID, UUID, UUID]:
        """The month after the universe was made: the stranger and the auditor have been refused three times."""
        from audit import log
        from audit.events import job
        from audit.models import ReviewItem
        from audit.review import drawing, mind
        from audit.review.months import Month
        from avhopp.web.guard import PAGE_REFUSED

        mind.commit(year=NOW.year, by=job("mind_the_review"), now=NOW)
        for user in (cast.stranger, cast.auditor):
            for _ in range(3):
                log.record(event=PAGE_REFUSED, actor=actor_for(user), at=NOW)
        month = Month.at(NOW)
        with acting(cast.auditor, at=month.ends_at) as actor:
            review = drawing.draw_month(month=month, by=actor, now=month.ends_at)
        hits = ReviewItem.objects.filter(review=review, kind="hit")
        return (
            review.pk,
            hits.filter(person=cast.stranger.pk)[0].pk,
            hits.filter(person=cast.auditor.pk)[0].pk,
        )

    @staticmethod
    def _decoy(cast) -> dict[str, UUID]:
        """An invented case that is watched, and that its supervisor has opened without knowing."""
        from audit.decoys import access, keeping, watching
        from audit.events import job
        from cases.access import get_case
        from cases.models import Case

        case = make_case(worker=cast.worker)
        number = Case.objects.get(pk=case).number
        with acting(cast.auditor) as actor:
            decoy = keeping.ask(number=number, known_to=[cast.worker.pk], by=actor, now=NOW)
        with acting(cast.officer) as actor:
            found = access.open_one(decoy=decoy.pk, actor=actor, at=NOW)
            keeping.decide(decoy=found, is_approved=True, by=actor, now=NOW)
        with acting(cast.supervisor) as actor:
            get_case(actor=actor, case=case, at=NOW)
        alert = watching.watch(by=job("watch_decoys"), now=NOW)[0]
        return {"decoy": decoy.pk, "alert": alert.pk}

    def arguments(self, file: str, names: tuple[str, ...]) -> dict[str, UUID | int]:
        nowhere = {"year": 1999}
        return {
            name: self.ids[file][name] if file != "missing" else nowhere.get(name, uuid4()) for name in names
        }


def ask(browser, url: str):
    """Ask for a page and read it to its end, so that what is streamed is closed."""
    answer = browser.get(url)
    if answer.streaming:
        list(answer.streaming_content)
    return answer
