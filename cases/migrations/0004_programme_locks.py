"""Versions are append-only."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_programme")]

    operations = [
        AppendOnly("HistoricalConsent"),
    ]
