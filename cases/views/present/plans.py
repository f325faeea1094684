"""Plans and how far their goals are reached, as `components/record.html` and `components/trend.html` read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.goals import RATINGS, Goal, Intervention
from cases.needs import AREA_NAMES, Area
from cases.policies import Question
from cases.queries.choices import Agrees, PlanKind
from cases.queries.plans import in_force
from cases.queries.rows import Plan, PlanFollowUp
from cases.trend import Value, draw, with_sign
from cases.views.present.drafts import actions, originals, signature, state

COLOURS = {Agrees.YES: "green", Agrees.PARTLY: "yellow", Agrees.NO: "orange"}
SCALE = [(number, with_sign(number)) for number in sorted(RATINGS)]
STEPS = {2: "green", 1: "green", 0: "green", -1: "yellow", -2: "orange"}


def section(
    opened: Opened, plans: list[Plan], follow_ups: list[PlanFollowUp], *, today: date
) -> dict[str, Any]:
    """What the page shows: drafts, the plans in force with their goals over time, the follow-ups, earlier plans."""
    current = in_force(plans)
    holds = {plan.pk for plan in current}
    return {
        "drafts": [entry(opened, plan) for plan in plans if not plan.is_signed],
        "plans": [
            {
                "record": entry(opened, plan),
                "follow_up_url": reverse("cases:case_plan_follow_up_new", args=[opened.case.pk, plan.pk]),
                "stories": [
                    story
                    for number, goal in enumerate(plan.goals, 1)
                    if (story := _story(number, goal, follow_ups))
                ],
                "kind": PlanKind(plan.kind).label,
            }
            for plan in current
        ],
        "follow_ups": [_follow_up(opened, each) for each in reversed(follow_ups)],
        "earlier": [
            {**entry(opened, plan), "earlier": True}
            for plan in plans
            if plan.is_signed and plan.pk not in holds
        ],
    }


def entry(opened: Opened, plan: Plan) -> dict[str, Any]:
    """One plan with what the reader may do."""
    return {
        "id": f"n-{plan.pk}",
        "title": _title(plan),
        "tags": _tags(plan),
        "sub": signature(plan),
        "lead": _lead(plan),
        "table": _table(plan.goals or []),
        "parts": texts(_content(plan)),
        "originals": originals(plan, parts=_before),
        "actions": actions(opened, plan, address="cases:case_plan", writes=Question.EDIT_CASE),
    }


def texts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is written around the goals."""
    shown = [
        (_("Den enskildes syn"), "client_view"),
        (_("Vårdnadshavarnas syn"), "guardians_view"),
        (_("Skäl för rättelsen"), "correction_reason"),
    ]
    return [{"label": label, "text": str(content[name])} for label, name in shown if content.get(name)]


def parts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The whole plan as text under headings, for comparing two and for keeping one."""
    agrees = content.get("client_agrees")
    shown = [
        (_("Slag"), PlanKind(content["kind"]).label if content.get("kind") else ""),
        (_("Gäller från"), _day(content.get("agreed_on"))),
        *(
            (_("Mål %(number)s") % {"number": number}, _goal_in_words(goal))
            for number, goal in enumerate(content.get("goals") or (), 1)
        ),
        (_("Är den enskilde med på planen?"), Agrees(agrees).label if agrees else ""),
        (_("Följs upp senast"), _day(content.get("follow_up_on"))),
    ]
    return [{"label": label, "text": str(text)} for label, text in shown if text] + texts(content)


def _table(goals: list[Goal]) -> dict[str, Any]:
    labels = (_("Mål"), _("Område"), _("Insatser"))
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [
            [
                {"text": goal["text"], "sub": _seen(goal)},
                {"text": _(AREA_NAMES[Area(goal["area"])]) if goal["area"] else "–"},
                {"text": "\n\n".join(_work(each) for each in goal["interventions"]) or "–"},
            ]
            for goal in goals
        ],
    }


def _seen(goal: Goal) -> str:
    sign = _("Märks när: %(sign)s") % {"sign": goal["sign"]} if goal["sign"] else ""
    until = _("Nås senast %(day)s") % {"day": goal["until"]} if goal["until"] else ""
    return "\n".join(line for line in (sign, until) if line)


def _work(each: Intervention) -> str:
    who = ", ".join(part for part in (each["provider_name"], each["who"], _span(each)) if part)
    reason = _("Valt ändå: %(reason)s") % {"reason": each["reason"]} if each["reason"] else ""
    return "\n".join(line for line in (each["what"], who, reason) if line)


def _span(each: Intervention) -> str:
    starts, ends = each["starts_on"], each["ends_on"]
    if starts and ends:
        return f"{starts} – {ends}"
    words = _("från %(day)s") if starts else _("till %(day)s")
    return words % {"day": starts or ends} if starts or ends else ""


def _goal_in_words(goal: Goal) -> str:
    return "\n".join([goal["text"], _seen(goal), *(_work(each) for each in goal["interventions"])])


def _story(number: int, goal: Goal, follow_ups: list[PlanFollowUp]) -> dict[str, Any] | None:
    rated = [(each, each.ratings[goal["code"]]) for each in follow_ups if goal["code"] in each.ratings]
    if not rated:
        return None
    values = [Value(each.happened_on, said["rating"], with_sign(said["rating"])) for each, said in rated]
    return {
        "id": f"mal-{number}-{goal['code'][:6]}",
        "title": goal["text"],
        "trend": draw(values=values, scale=SCALE),
        "columns": [{"label": _("Dag")}, {"label": _("Bedömning")}, {"label": _("Kommentar")}],
        "rows": [
            [
                {"text": _day(each.happened_on)},
                {"tag": _rating(said["rating"]), "colour": STEPS[said["rating"]]},
                {"text": said["comment"] or "–"},
            ]
            for each, said in reversed(rated)
        ],
    }


def _follow_up(opened: Opened, each: PlanFollowUp) -> dict[str, Any]:
    may = opened.may(Question.EDIT_CASE)
    rows = [
        {"key": goal["text"], "value": "\n".join(filter(None, (_rating(said["rating"]), said["comment"])))}
        for goal in each.plan.goals
        if (said := each.ratings.get(goal["code"]))
    ]
    return {
        "id": f"n-{each.pk}",
        "title": _("Uppföljning %(day)s") % {"day": _day(each.happened_on)},
        "sub": _("Antecknad av %(who)s.") % {"who": each.created_by.name},
        "rows": rows,
        "parts": [
            {"label": label, "text": text}
            for label, text in (
                (_("Den enskildes syn"), each.client_view),
                (_("Sammanfattning"), each.summary),
            )
            if text
        ],
        "edit_url": reverse("cases:case_plan_follow_up", args=[opened.case.pk, each.pk]) if may else "",
    }


def _rating(number: int) -> str:
    return f"{with_sign(number)} {_(RATINGS[number])}"


def _title(plan: Plan) -> str:
    words = _("%(kind)s från %(day)s") if plan.agreed_on else "%(kind)s"
    return words % {"kind": PlanKind(plan.kind).label, "day": _day(plan.agreed_on)}


def _tags(plan: Plan) -> list[dict[str, str]]:
    tags = [state(plan)]
    if plan.client_agrees:
        agrees = Agrees(plan.client_agrees)
        words = _("Den enskilde är med: %(answer)s") % {"answer": agrees.label.partition(",")[0].lower()}
        tags.insert(0, {"text": words, "colour": COLOURS[agrees]})
    return tags


def _lead(plan: Plan) -> str:
    return _("Följs upp senast %(day)s.") % {"day": _day(plan.follow_up_on)} if plan.follow_up_on else ""


def _before(plan: Plan) -> list[dict[str, str]]:
    return parts({**_content(plan), "correction_reason": ""})


def _content(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.content}


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
