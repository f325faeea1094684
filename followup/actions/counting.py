"""What the worker does with a release: count, let the engine judge, and publish what somebody else has approved.

Each step is its own short transaction; the engine works between them in a process of its own. Whatever goes wrong
ends as a refusal that is written down, and nothing is published.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from urllib.parse import urlparse
from uuid import UUID

from django.conf import settings
from django.db import transaction

from audit.note import KeyKind, SigningKey
from avhopp.translation import gettext_noop
from followup import events, signing, vault
from followup.actions.gathering import gather, tabulated
from followup.actions.releases import NoSuchStep
from followup.disclosure import apart, files, reading
from followup.disclosure.apart import Cancelled, Frozen
from followup.disclosure.ledger import Refused
from followup.disclosure.release import Release as File
from followup.disclosure.release import canonical, read_release
from followup.models import Agreement, Certificate, Progress, Release, Statement
from followup.models import SigningKey as StoredKey
from followup.periods import HalfYear
from followup.queries import ledger
from followup.recording import note
from followup.steps import Step, is_way

SECONDS = 900.0
UNKNOWN = gettext_noop(
    "Något gick fel vid räkningen. Ingenting har släppts. Föreslå den igen, eller säg till driften."
)
CHANGED = gettext_noop(
    "Något annat har redovisats eller blivit känt sedan den prövades. Föreslå den på nytt."
)

Clock = Callable[[], datetime]


def count(*, release: UUID, clock: Clock) -> None:
    """Count a release that waits and let the engine judge it; nothing is done that has been done."""
    with vault.opened(at=clock(), purpose="facts"):
        gather(by=vault.JOB, now=clock())
    with vault.opened(at=clock(), purpose="release"):
        counts = _begin(release=release, now=clock())
        if counts is None:
            return
        try:
            frozen, began = _judged(release, counts, clock)
        except Cancelled:
            return
        except Refused as refused:
            _refuse(release=release, reason=str(refused), now=clock())
        except Exception:
            _refuse(release=release, reason=UNKNOWN, now=clock())
            raise
        else:
            _conclude(release=release, counts=counts, frozen=frozen, began=began, now=clock())


def publish(*, release: UUID, clock: Clock) -> None:
    """Publish a release that was approved, if it still holds together with everything that has been released."""
    with vault.opened(at=clock(), purpose="release"):
        found = Release.objects.select_related("agreement", "plan").get(pk=release)
        if found.step != Step.APPROVED:
            return
        try:
            _verify(found)
            _publish(release=release, now=clock())
        except Refused as refused:
            _refuse(release=release, reason=str(refused), now=clock())
        except Exception:
            _refuse(release=release, reason=UNKNOWN, now=clock())
            raise


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the engine is asked: the file of counts, and the rows in it."""

    content: bytes
    rows: list[dict[str, object]]


@transaction.atomic
def _begin(*, release: UUID, now: datetime) -> _Counts | None:
    """Take a waiting release, and write the counts for the engine."""
    locked = Release.objects.select_for_update().get(pk=release)
    if not is_way(origin=Step(locked.step), target=Step.COUNTING):
        return None
    locked.step = Step.COUNTING
    locked.save()
    Progress.objects.create(release=locked, seen_alive_at=now)
    note(event=events.RELEASE_COUNTING, purpose="release", by=vault.JOB, now=now, about=[locked])
    return _counts(locked)


def _counts(release: Release) -> _Counts:
    agreement, plan = release.agreement, release.plan
    earlier = ledger.files_of(agreement)
    first = HalfYear.of_day(agreement.starts_on)
    since = first if first.starts_on >= agreement.starts_on else first.following
    counted = tabulated(since=since.code, period=release.period, names=plan.content["dims"])
    rows: list[dict[str, object]] = [{**dict(row), "n": n} for row, n in sorted(counted.items())]
    known = ledger.new_known(agreement=agreement, files=earlier, plan=plan)
    wanted: dict[str, object] = {
        "period": release.period,
        "rows": rows,
        "elsewhere": [
            {"period": e.period, "where": e.where, "lo": e.low, "hi": e.high, "source": e.source}
            for e in known
        ],
    }
    if release.corrects is not None:
        wanted["corrects"] = release.corrects.number
    content = {
        "format": files.COUNTS,
        "plan": plan.content,
        "earlier": [_parsed(file) for file in earlier],
        "releases": [wanted],
    }
    return _Counts(canonical(content=content), rows)


def _judged(release: UUID, counts: _Counts, clock: Clock) -> tuple[Frozen, datetime]:
    began = clock()

    def progress(decided: int, of: int) -> None:
        Progress.objects.filter(pk=release).update(decided=decided, counts=of, seen_alive_at=clock())

    def is_cancelled() -> bool:
        return not Release.objects.filter(pk=release, step=Step.COUNTING).exists()

    frozen = apart.propose_apart(
        counts=counts.content, seconds=SECONDS, progress=progress, is_cancelled=is_cancelled
    )
    earlier = files.read_counts(data=counts.content).earlier
    apart.verify_apart(releases=[*earlier, frozen.release], witnesses=frozen.witnesses, seconds=SECONDS)
    return frozen, began


@transaction.atomic
def _conclude(*, release: UUID, counts: _Counts, frozen: Frozen, began: datetime, now: datetime) -> None:
    """Keep what passed, for somebody else to approve, with its proof."""
    locked = Release.objects.select_for_update().get(pk=release)
    if not is_way(origin=Step(locked.step), target=Step.AUDITED):
        return  # taken back meanwhile
    locked.step = Step.AUDITED
    locked.draft = frozen.release.to_bytes().decode()
    locked.sha256 = frozen.release.sha256
    locked.reach = [[reach.name, reach.low, reach.high] for reach in frozen.reach]
    locked.save()
    Certificate.objects.create(
        release=locked,
        rows=counts.rows,
        witnesses=base64.b64encode(frozen.witnesses).decode(),
        solver=version("highspy"),
        seconds=round((now - began).total_seconds()),
    )
    note(event=events.RELEASE_AUDITED, purpose="release", by=vault.JOB, now=now, about=[locked])


@transaction.atomic
def _refuse(*, release: UUID, reason: str, now: datetime) -> None:
    """Write down that a release cannot go out, and why, for the data owner alone."""
    locked = Release.objects.select_for_update().get(pk=release)
    if not is_way(origin=Step(locked.step), target=Step.REFUSED):
        return
    locked.step = Step.REFUSED
    locked.reason = reason
    locked.ended_at = now
    locked.save()
    note(event=events.RELEASE_REFUSED, purpose="release", by=vault.JOB, now=now, about=[locked])


def _verify(release: Release) -> None:
    """Let the proof be re-tabulated once more, against everything released by now."""
    earlier = ledger.files_of(release.agreement)
    draft = _draft(release, earlier)
    witnesses = base64.b64decode(release.certificate.witnesses, validate=True)
    apart.verify_apart(releases=[*earlier, draft], witnesses=witnesses, seconds=SECONDS)


@transaction.atomic
def _publish(*, release: UUID, now: datetime) -> None:
    """Freeze, number and sign; the ledger is locked, so nothing has come between the proof and this."""
    locked = Release.objects.select_for_update(of=("self",)).select_related("plan").get(pk=release)
    agreement = Agreement.objects.select_for_update().get(pk=locked.agreement_id)
    if not is_way(origin=Step(locked.step), target=Step.PUBLISHED):
        raise NoSuchStep
    earlier = ledger.files_of(agreement)
    draft = _draft(locked, earlier)
    if ledger.new_known(agreement=agreement, files=[*earlier, draft], plan=locked.plan):
        raise Refused(CHANGED)
    locked.step = Step.PUBLISHED
    locked.number = draft.number
    locked.content = draft.to_bytes().decode()
    locked.signature = signing.sign(releases=[*earlier, draft], key=_signing_key(now))
    locked.ended_at = now
    locked.save()
    Statement.objects.bulk_create(
        Statement(
            release=locked,
            position=position,
            cell=[list(label) for label in said.labels],
            printed=said.printed,
            low=said.low,
            high=said.high,
        )
        for position, said in enumerate(draft.cells)
    )
    note(
        event=events.RELEASE_PUBLISHED,
        purpose="release",
        by=vault.JOB,
        now=now,
        about=[locked],
        number=draft.number,
        period=draft.period,
        sha256=draft.sha256,
    )


def _draft(release: Release, earlier: Sequence[File]) -> File:
    draft = read_release(data=release.draft.encode())
    before = earlier[-1].sha256 if earlier else None
    if draft.sha256 != release.sha256 or (before is not None and draft.previous != before):
        raise Refused(CHANGED)
    if draft.number != len(earlier) + 1:
        raise Refused(CHANGED)
    return draft


def _signing_key(now: datetime) -> SigningKey:
    """The key that signs, made the first time that something is published."""
    stored = StoredKey.objects.order_by("-made_at").first()
    if stored is not None:
        return SigningKey.parse(stored.private)
    host = urlparse(settings.BASE_URL).netloc
    key = SigningKey(name=f"{host}/uppfoljning", kind=KeyKind.LOG, seed=secrets.token_bytes(32))
    StoredKey.objects.create(private=key.written(), public=str(key.verifier), made_at=now)
    return key


def _parsed(file: File) -> object:
    return reading.parse(text=file.to_bytes())
