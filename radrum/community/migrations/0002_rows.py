from django.db import migrations

from radrum.core.rows import Protect, protect_history

ARRANGES = "app_kind() = 'national' AND app_has('editor', 'desk_officer', 'desk_lead')"
FOR_ME = "app_organisation() IS NOT NULL AND (audience = 'members' OR (audience = 'kind' AND kind = app_kind()))"
EVENT = f"audience = 'open' OR ({FOR_ME}) OR ({ARRANGES})"
MINE = "person_id = app_person()"
REGISTRATION = f"{MINE} OR ({ARRANGES}) OR (state = 'place' AND shows_name AND app_comes(event_id))"
SEES_EVENT = "EXISTS (SELECT 1 FROM community_event e WHERE e.id = event_id)"

# Whether somebody has a place must be known without a rule of the table asking the same table.
COMES = """
CREATE FUNCTION app_comes(to_event bigint) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT EXISTS (SELECT 1 FROM community_registration r WHERE r.event_id = to_event
       AND r.person_id = app_person() AND r.state = 'place') $$;
REVOKE EXECUTE ON FUNCTION app_comes(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_comes(bigint) TO radrum_app;
"""


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial"), ("core", "0002_rows")]

    operations = [
        migrations.RunSQL(COMES, "DROP FUNCTION app_comes(bigint)"),
        Protect("community_event", see=EVENT, add=ARRANGES, change=ARRANGES),
        Protect("community_door", see=f"({ARRANGES}) OR app_comes(event_id)", add=ARRANGES, change=ARRANGES),
        Protect("community_registration", see=REGISTRATION, add=f"{MINE} AND {SEES_EVENT}", change=MINE),
        *protect_history("community_event", see=EVENT, add=ARRANGES),
        *protect_history("community_registration", see=REGISTRATION, add=MINE),
    ]
