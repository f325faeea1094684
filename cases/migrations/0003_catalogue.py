"""Writes the shipped catalogues; from here on their rows are edited by the one who keeps them."""

from dataclasses import asdict

from django.db import migrations

from cases.catalogue import legal_bases


def write(apps, schema_editor):
    rows = apps.get_model("cases", "LegalBasis").objects.using(schema_editor.connection.alias)
    for provision in legal_bases.DEFAULTS:
        rows.create(id=provision.row_id, **asdict(provision))


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_locks")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
