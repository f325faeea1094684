"""Figures that are counted once; the database refuses to change them, also to their owner."""

import uuid

from django.db import migrations, models

from avhopp.database.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="FrozenFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("indicator", models.CharField(editable=False, max_length=40)),
                ("period", models.CharField(editable=False, max_length=6)),
                ("text", models.CharField(editable=False, max_length=12)),
                ("frozen_at", models.DateTimeField(editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "period"), name="one_figure_per_indicator_and_period"
                    )
                ],
            },
        ),
        AppendOnly("FrozenFigure"),
    ]
