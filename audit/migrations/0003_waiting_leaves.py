"""Every leaf that is inserted waits for its place in the tree, whoever inserts it.

A trigger rather than a second statement: no way into the record passes it by, and the transaction of the event pays
no further round trip. It runs as the owner, so that the application needs no right to the table of those that wait.
"""

from django.db import migrations

WAIT = """
CREATE FUNCTION avhopp_leaf_waits () RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.audit_pending (leaf) VALUES (NEW.id);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION avhopp_leaf_waits () FROM PUBLIC;
CREATE TRIGGER leaf_waits AFTER INSERT ON audit_leaf FOR EACH ROW EXECUTE FUNCTION avhopp_leaf_waits ();
ALTER TABLE audit_leaf ENABLE ALWAYS TRIGGER leaf_waits;
"""

WAIT_NO_MORE = """
DROP TRIGGER leaf_waits ON audit_leaf;
DROP FUNCTION avhopp_leaf_waits ();
DELETE FROM audit_pending;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [migrations.RunSQL(WAIT, WAIT_NO_MORE)]
