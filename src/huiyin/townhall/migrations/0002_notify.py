"""Every post wakes the live processes once it is committed; they read it from the table (`townhall.live`)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION townhall_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('townhall', NEW.meeting_id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER townhall_posted AFTER INSERT ON townhall_post FOR EACH ROW EXECUTE FUNCTION townhall_posted();
"""
BACKWARD = "DROP TRIGGER townhall_posted ON townhall_post; DROP FUNCTION townhall_posted();"


class Migration(migrations.Migration):
    dependencies = [("townhall", "0001_begin")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
