"""The agreement is data: one file takes it in and gives it out, and what has figures does not disappear."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from audit.models import Leaf
from followup import definition
from followup.actions import agreements, figures
from followup.actions.agreements import InUse, Overlapping
from followup.catalogue import PLANS
from followup.definition import AreaData
from followup.disclosure.plan import STEPWISE
from followup.disclosure.reading import Malformed
from followup.models import Agreement, Indicator
from followup.personal import LooksPersonal
from followup.policies import NotAllowed
from followup.queries.agreements import definition_of, in_force, one
from tests.cast import acting
from tests.followup_made import DECIDED, JANUARY, definition_data, make_agreement


def revise(cast, agreement, data, *, by=None):
    with acting(by or cast.manager, at=JANUARY) as actor:
        return agreements.revise_agreement(agreement=agreement, data=data, by=actor, now=JANUARY)


def enter(cast, indicator, period="2025", value="24"):
    with acting(cast.manager, at=JANUARY) as actor:
        return figures.enter_figure(
            indicator=indicator,
            period=period,
            value=Decimal(value),
            source="mätningen",
            comment="",
            is_public=True,
            by=actor,
            now=JANUARY,
        )


def test_what_is_written_out_goes_in_again_and_gives_the_same_bytes(cast, agreement):
    written = definition.write(definition_of(agreement))
    assert definition.write(definition.read(written)) == written
    assert definition_of(agreement) == definition.read(written)


def test_definition_holds_parties_areas_indicators_measures_and_plans_and_no_figure(cast, agreement):
    enter(cast, Indicator.objects.get(code="otrygga"))
    content = json.loads(definition.write(definition_of(agreement)))
    assert content["format"] == "avhopp-agreement/1"
    assert [area["number"] for area in content["areas"]] == [2, 4]
    assert content["areas"][1]["indicators"][0]["target"] == "högst 20 procent"
    assert content["areas"][0]["measures"] == [
        {"responsible": "Enheten", "state": "ongoing", "text": "En väg in."}
    ]
    assert [plan["code"] for plan in content["plans"]] == ["grov-ar", "grov-halvar", "insats-ar", "utforlig"]
    assert "24" not in {area["text"] for area in content["areas"]}
    assert "figures" not in str(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(format="avhopp-agreement/2"),
        lambda c: c.update(extra=1),
        lambda c: c.pop("parties"),
        lambda c: c.update(parties=[]),
        lambda c: c.update(starts_on="2023-13-01"),
        lambda c: c.update(ends_on="2022-12-31"),
        lambda c: c["areas"][0].update(number=4),
        lambda c: c["areas"][0]["indicators"][0].update(counted="names"),
        lambda c: c["areas"][0]["indicators"][0].update(code="two words"),
        lambda c: c["areas"][0]["indicators"][0].update(code="otrygga"),
        lambda c: c["areas"][0]["indicators"][0].update(every="week"),
        lambda c: c["areas"][0]["measures"][0].update(state="perhaps"),
        lambda c: c["plans"][0].update(k=4),
        lambda c: c["plans"][0].update(method="guess"),
        lambda c: c["plans"][0].update(tables=[["bostadsort"]]),
        lambda c: c["plans"][0].update(tables=[["läge", "första mötet", "tid till beslut"]]),
        lambda c: c.update(name="x" * 201),
        lambda c: c.update(name="a\0b"),
    ],
)
def test_file_that_is_not_an_agreement_is_refused_with_its_place(change):
    content = json.loads(definition.write(definition_data()))
    change(content)
    with pytest.raises(Malformed):
        definition.read(json.dumps(content).encode())


def test_agreement_in_force_is_found_by_day_and_several_follow_each_other(cast, agreement):
    later = make_agreement(
        cast,
        name="Nästa",
        starts_on=date(2027, 1, 1),
        ends_on=date(2030, 12, 31),
        decided_on=date(2026, 11, 1),
    )
    assert in_force(date(2022, 6, 1)) is None
    assert in_force(date(2026, 12, 31)) == agreement
    assert in_force(date(2027, 1, 1)) == later
    assert in_force(date(2031, 1, 1)) == later
    assert one(agreement.pk) == agreement


def test_two_agreements_about_the_same_people_are_refused(cast, agreement):
    with pytest.raises(Overlapping):
        make_agreement(cast, starts_on=date(2026, 12, 31), ends_on=date(2029, 12, 31))
    assert Agreement.objects.count() == 1


def test_only_whoever_prepares_the_followup_registers_an_agreement(cast):
    for colleague in (cast.officer, cast.supervisor, cast.administrator):
        with acting(colleague, at=DECIDED) as actor, pytest.raises(NotAllowed):
            agreements.register_agreement(data=definition_data(), by=actor, now=DECIDED)
    assert not Agreement.objects.exists()


def test_new_version_changes_texts_and_keeps_figures(cast, agreement):
    figure = enter(cast, Indicator.objects.get(code="otrygga"))
    data = definition_of(agreement)
    area = data.areas[1]
    renamed = replace(area.indicators[0], name="Otrygga sena kvällar")
    revise(cast, agreement, replace(data, areas=(data.areas[0], replace(area, indicators=(renamed,)))))
    figure.refresh_from_db()
    assert figure.indicator.name == "Otrygga sena kvällar"
    assert not Indicator.objects.filter(code="ordning").exists()


def test_new_version_that_would_drop_figures_is_refused_and_changes_nothing(cast, agreement):
    enter(cast, Indicator.objects.get(code="otrygga"))
    data = definition_of(agreement)
    with pytest.raises(InUse, match="Otrygga"):
        revise(cast, agreement, replace(data, name="Ny", areas=data.areas[:1]))
    with pytest.raises(InUse, match="Otrygga"):
        area = AreaData(4, "Annat")
        revise(cast, agreement, replace(data, name="Ny", areas=(data.areas[0], area)))
    agreement.refresh_from_db()
    assert agreement.name == "Samverkansöverenskommelse 2023–2026"


def test_plan_that_has_been_decided_is_changed_only_as_a_new_version(cast, agreement):
    data = definition_of(agreement)
    plan = replace(data.plans[0], method="whole")
    with pytest.raises(InUse):
        revise(cast, agreement, replace(data, plans=(plan, *data.plans[1:])))
    revise(cast, agreement, replace(data, plans=(*data.plans, replace(plan, version=2))))
    assert agreement.plans.filter(code="grov-ar").count() == 2


def test_shipped_plans_but_one_are_never_silent_for_what_their_figures_say():
    assert {plan.code for plan in PLANS if plan.method != STEPWISE} == {"utforlig"}


def test_registering_leaves_one_leaf_with_the_hash_of_the_definition(cast, agreement):
    leaf = Leaf.objects.get(event="followup.agreement_registered")
    purpose = json.loads(bytes(leaf.body))["purpose"]
    assert f"agreement={agreement.pk}" in purpose
    assert "definition=" in purpose


def test_indicator_and_measure_are_edited_but_never_with_anything_personal(cast, agreement):
    indicator = Indicator.objects.get(code="otrygga")
    with acting(cast.manager, at=JANUARY) as actor:
        given = {"by": actor, "now": JANUARY}
        agreements.edit_indicator(indicator=indicator, changes={"target": "högst 18 procent"}, **given)
        for text in ("Se 19900607-2384.", "Ring kalle@example.org", "Ärende 26-7KQ4M"):
            with pytest.raises(LooksPersonal):
                agreements.edit_indicator(indicator=indicator, changes={"comment": text}, **given)
            with pytest.raises(LooksPersonal):
                values = {"text": text, "responsible": "", "state": "planned"}
                agreements.save_measure(area=indicator.area, measure=None, values=values, **given)
            with pytest.raises(LooksPersonal):
                agreements.write_narrative(area=indicator.area, period="2025H2", text=text, **given)
        with pytest.raises(ValueError, match="counted"):
            agreements.edit_indicator(indicator=indicator, changes={"counted": "exit_cases"}, **given)
        values = {"text": "Fler vandringar.", "responsible": "Fält", "state": "planned"}
        measure = agreements.save_measure(area=indicator.area, measure=None, values=values, **given)
        done = agreements.save_measure(
            area=indicator.area, measure=measure, values={**values, "state": "done"}, **given
        )
    indicator.refresh_from_db()
    assert (indicator.target, indicator.comment) == ("högst 18 procent", "")
    assert (done.pk, done.get_state_display()) == (measure.pk, "Genomförd")


def test_beginning_of_a_reported_agreement_is_not_moved(cast, agreement):
    from tests.followup_made import propose

    propose(cast, agreement)
    data = definition_of(agreement)
    with pytest.raises(InUse):
        revise(cast, agreement, replace(data, starts_on=date(2023, 7, 1)))


def test_time_is_that_of_the_act(cast, agreement):
    assert Leaf.objects.get(event="followup.agreement_registered").at == datetime(2023, 5, 9, 8, tzinfo=UTC)
