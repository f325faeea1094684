"""The log search by kind of event and by address stays quick in a long log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="leaf", index=models.Index(fields=["kind", "-at"], name="leaf_by_kind")
        ),
        migrations.AddIndex(
            model_name="leaf", index=models.Index(fields=["address", "-at"], name="leaf_by_address")
        ),
    ]
