"""The agreement that the follow-up serves, as its municipality has published it, and who reads the follow-up when.

Source: the notice "Så här ska Sigtuna kommun och Polisen samarbeta" of Sigtuna kommun. The agreement is real and
public; every person, case and figure in the demo is invented and has nothing to do with its parties.
"""

from __future__ import annotations

from datetime import date, datetime, time

from avhopp.demo.clock import STOCKHOLM, Story
from avhopp.demo.colleagues import MANAGER
from avhopp.demo.work import Office
from followup.actions import AgreementData, Area, read, register_agreement

AGREEMENT = AgreementData(
    name="Samverkansöverenskommelse 2023–2026",
    parties=("Sigtuna kommun", "Lokalpolisområde Sollentuna"),
    starts_on=date(2023, 1, 1),
    ends_on=date(2026, 12, 31),
    decided_on=date(2023, 5, 8),
    decided_by="Kommunstyrelsen",
    purpose="Mindre brottslighet och färre ordningsstörningar i lokalsamhällets offentliga miljöer.",
    areas=(
        Area(1, "Utveckla samarbetet för att öka kunskapen kring brott i nära relation.", is_counted=True),
        Area(
            2,
            "Reducera rekrytering till kriminella nätverk och vidareutveckla modellen för avhopparverksamheten.",
            is_counted=True,
        ),
        Area(3, "Utveckla myndighetssamverkan mot organiserad brottslighet.", is_counted=True),
        # Police statistics and the safety survey: never counted here.
        Area(4, "Minska antalet otrygghetsskapande händelser i offentlig miljö."),
    ),
)
FIRST_READING = date(2023, 5, 9)


def follow_up_story(*, office: Office, now: datetime) -> Story:
    """Register the agreement the day after it was decided, and read the figures each January and July."""
    at = _morning(FIRST_READING)
    yield at
    register_agreement(data=AGREEMENT, by=office.actor(MANAGER), now=at)
    for year in range(FIRST_READING.year, now.year + 1):
        for month in (1, 7):
            at = _morning(date(year, month, 10))
            if at > _morning(FIRST_READING):
                yield at
                read(by=office.actor(MANAGER), now=at)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), STOCKHOLM)
