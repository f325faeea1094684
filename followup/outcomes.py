"""The dimensions of how a case came in, what was done in it, and how it went afterwards. Pure."""

from __future__ import annotations

from followup.happenings import ENDED, OPENED, Dimension, Happening, rule, rules

NOTIFIED, VIA_SSPF, OTHER_INTAKE, NO_CASE = (
    "orosanmälan",
    "SSPF eller SIG",
    "ansökan eller egen kontakt",
    "inget ärende",
)
INTAKE = Dimension(
    "hur ärendet kom in",
    (
        *rules(NOTIFIED, Happening.NOTIFIED, each=OPENED),
        *rules(VIA_SSPF, Happening.VIA_SSPF, each=OPENED),
        *rules(OTHER_INTAKE, each=OPENED),
        rule(NO_CASE),
    ),
    stays=((NOTIFIED,), (VIA_SSPF,), (NOTIFIED, VIA_SSPF, OTHER_INTAKE)),
    commonest=(OTHER_INTAKE, NOTIFIED, VIA_SSPF, NO_CASE),
)
VIOLENCE_ASKED, VIOLENCE_NOT_ASKED = "frågan ställd", "frågan inte ställd"
VIOLENCE = Dimension(
    "våld i nära relation",
    (
        *rules(VIOLENCE_ASKED, Happening.VIOLENCE_ASKED, each=OPENED),
        *rules(VIOLENCE_NOT_ASKED, each=OPENED),
        rule(NO_CASE),
    ),
    stays=((VIOLENCE_ASKED,), (VIOLENCE_ASKED, VIOLENCE_NOT_ASKED)),
    commonest=(VIOLENCE_NOT_ASKED, VIOLENCE_ASKED, NO_CASE),
)
MANY_AGENCIES, SOME_AGENCIES, NO_AGENCY = "tre eller fler", "en eller två", "ingen"
AGENCIES = Dimension(
    "parter med samtycke",
    (
        *rules(MANY_AGENCIES, Happening.MANY_AGENCIES, each=OPENED),
        *rules(SOME_AGENCIES, Happening.SOME_AGENCIES, each=OPENED),
        *rules(NO_AGENCY, each=OPENED),
        rule(NO_CASE),
    ),
    stays=(
        (MANY_AGENCIES,),
        (SOME_AGENCIES, MANY_AGENCIES),
        (NO_AGENCY, SOME_AGENCIES, MANY_AGENCIES),
    ),
    commonest=(SOME_AGENCIES, NO_AGENCY, MANY_AGENCIES, NO_CASE),
)
PLACED, NOT_PLACED = "placerad eller i skyddat boende", "inte placerad"
PLACEMENT = Dimension(
    "placering",
    (*rules(PLACED, Happening.PLACED, each=OPENED), *rules(NOT_PLACED, each=OPENED), rule(NO_CASE)),
    stays=((PLACED,), (PLACED, NOT_PLACED)),
    commonest=(NOT_PLACED, PLACED, NO_CASE),
)
NO_CRIME, CRIME, CRIME_UNKNOWN, NOT_FOLLOWED_UP = (
    "inget nytt brott känt",
    "misstänkt eller dömd för nytt brott",
    "inte känt",
    "inte uppföljt",
)
FOLLOWED_UP = [NO_CRIME, CRIME, CRIME_UNKNOWN]


def _after(name: str, no_crime: Happening, crime: Happening, unknown: Happening) -> Dimension:
    return Dimension(
        name,
        (
            *rules(NO_CRIME, no_crime, each=ENDED),
            *rules(CRIME, crime, each=ENDED),
            *rules(CRIME_UNKNOWN, unknown, each=ENDED),
            rule(NOT_FOLLOWED_UP),
        ),
        stays=tuple((category,) for category in FOLLOWED_UP),
        commonest=(NOT_FOLLOWED_UP, *FOLLOWED_UP),
    )


SIX = _after("sex månader efter", Happening.SIX_NO_CRIME, Happening.SIX_CRIME, Happening.SIX_UNKNOWN)
YEAR = _after("tolv månader efter", Happening.YEAR_NO_CRIME, Happening.YEAR_CRIME, Happening.YEAR_UNKNOWN)
OUTCOMES = (INTAKE, VIOLENCE, AGENCIES, PLACEMENT, SIX, YEAR)
# Only cases can be in any category of these but the last, which no case can be in.
OF_CASES = (INTAKE, VIOLENCE, AGENCIES, PLACEMENT)
