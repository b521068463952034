"""Nothing updates, deletes or truncates an event, whoever asks (design.md 4)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION cases_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Events are append-only: % on cases_event is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER cases_event_append_only BEFORE UPDATE OR DELETE ON cases_event
    FOR EACH ROW EXECUTE FUNCTION cases_event_refuse();
CREATE TRIGGER cases_event_no_truncate BEFORE TRUNCATE ON cases_event
    FOR EACH STATEMENT EXECUTE FUNCTION cases_event_refuse();
"""
BACKWARD = """
DROP TRIGGER cases_event_append_only ON cases_event;
DROP TRIGGER cases_event_no_truncate ON cases_event;
DROP FUNCTION cases_event_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
