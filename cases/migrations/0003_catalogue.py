"""Writes the shipped catalogues; from here on their rows are edited by the one who keeps them."""

from dataclasses import asdict

from django.db import migrations

from cases.catalogue import deadline_rules, legal_bases, stage_rules
from cases.models.workflow import stored


def write(apps, schema_editor):
    alias = schema_editor.connection.alias
    for model, defaults in (("LegalBasis", legal_bases.DEFAULTS), ("DeadlineRule", deadline_rules.DEFAULTS)):
        rows = apps.get_model("cases", model).objects.using(alias)
        for default in defaults:
            rows.create(id=default.row_id, **asdict(default))
    apps.get_model("cases", "Workflow").objects.using(alias).create(**stage_rules.VERSION)
    rules = apps.get_model("cases", "StageRule").objects.using(alias)
    for needs in stage_rules.DEFAULTS:
        rules.create(**stored(needs))


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_locks")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
