"""Rows of keys are added by the application and changed by the keeper of the keys alone; nobody removes one."""

from django.db import migrations

from avhopp.database.triggers import KeeperOnly


class Migration(migrations.Migration):
    dependencies = [("sealed", "0001_initial")]

    operations = [KeeperOnly("EpochKey"), KeeperOnly("IndexRoot"), KeeperOnly("ScopeKey"), KeeperOnly("KeyRun")]
