"""The database keeps each grant's place in the lists, in the transaction that changes the grant or its case.

The functions run as the owner: nobody else may write the table. They are written by developers alone.
"""

from django.db import migrations

_COLUMNS = "number, next_deadline, is_ended, starts_at, expires_at"
_ENDED = "stage IN ('closed', 'followed_up')"
_KEEP = f"""
CREATE FUNCTION avhopp_list_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM cases_listedcase WHERE grant_id = OLD.id;
        RETURN OLD;
    END IF;
    INSERT INTO cases_listedcase (grant_id, case_id, user_id, {_COLUMNS})
    SELECT NEW.id, id, NEW.user_id, number, next_deadline, {_ENDED}, NEW.starts_at, NEW.expires_at
    FROM cases_case WHERE id = NEW.content_object_id
    ON CONFLICT (grant_id) DO UPDATE SET case_id = EXCLUDED.case_id, user_id = EXCLUDED.user_id,
        ({_COLUMNS}) = (EXCLUDED.number, EXCLUDED.next_deadline, EXCLUDED.is_ended, EXCLUDED.starts_at,
                        EXCLUDED.expires_at);
    RETURN NEW;
END
$$;
CREATE FUNCTION avhopp_list_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE cases_listedcase
    SET number = NEW.number, next_deadline = NEW.next_deadline, is_ended = NEW.{_ENDED}
    WHERE case_id = NEW.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER avhopp_list_grant AFTER INSERT OR UPDATE OR DELETE ON cases_casegrant
FOR EACH ROW EXECUTE FUNCTION avhopp_list_grant();
CREATE TRIGGER avhopp_list_case AFTER UPDATE ON cases_case
FOR EACH ROW WHEN ((OLD.number, OLD.next_deadline, OLD.stage) IS DISTINCT FROM (NEW.number, NEW.next_deadline, NEW.stage))
EXECUTE FUNCTION avhopp_list_case();
"""
_STOP = """
DROP TRIGGER avhopp_list_case ON cases_case;
DROP TRIGGER avhopp_list_grant ON cases_casegrant;
DROP FUNCTION avhopp_list_case();
DROP FUNCTION avhopp_list_grant();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_catalogue")]

    operations = [migrations.RunSQL(_KEEP, _STOP)]
