from django.db import migrations

from radrum.core.rows import DROP_FUNCTIONS, FUNCTIONS, Protect

# The application's role works on every table its owner makes, now and later; row policies say on which rows.
GRANTS = """
GRANT USAGE ON SCHEMA public TO radrum_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO radrum_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO radrum_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO radrum_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO radrum_app;
REVOKE UPDATE, DELETE ON core_entry, core_seal FROM radrum_app;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        Protect("core_entry", see="person_id = app_person()", change="false"),
        Protect("core_seal", see="false"),
    ]
