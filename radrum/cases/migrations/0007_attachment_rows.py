from django.db import migrations

from radrum.core.rows import Protect, protect_history

OF_CASE = "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)"
OF_CONSULTATION = "EXISTS (SELECT 1 FROM cases_consultation k WHERE k.id = consultation_id)"
AT_DESK = f"app_desk() AND {OF_CASE}"
FILE = f"(case_id IS NOT NULL AND {OF_CASE} AND (app_desk() OR NOT inside)) OR (consultation_id IS NOT NULL AND {OF_CONSULTATION})"
ADD_FILE = (
    f"(case_id IS NOT NULL AND ({AT_DESK} OR (NOT inside AND app_has('contact_point') AND {OF_CASE}))) OR "
    f"(consultation_id IS NOT NULL AND app_has('agency_expert') AND {OF_CONSULTATION})"
)

DESK = "app_desk() AND (app_has('desk_lead') OR NOT app_restricted_to_others(id))"
AT_HOME = "app_has('contact_point', 'adviser', 'steering', 'decision_maker')"
DISCREET = "app_has('contact_point') OR (NOT discreet AND app_has('adviser', 'steering', 'decision_maker'))"


def see_case(at_home: str) -> str:
    """Who sees a case, on the tables of cases and of their history."""
    asker = f"asker_id = app_organisation() AND (on_behalf_of_id = app_person() OR {at_home})"
    rule = f"USING (app_system() OR (({DESK}) OR ({asker})))"
    return "".join(
        f"ALTER POLICY {table}_select ON {table} {rule};" for table in ("cases_case", "cases_caseevent")
    )


# A contact point who adds files locks the case, and changes nothing in it.
LOCKS = "asker_id = app_organisation() AND app_has('contact_point')"


def lock_case(locks: str) -> str:
    """Who may lock a case; only the desk changes it."""
    return (
        f"ALTER POLICY cases_case_update ON cases_case USING (app_system() OR (({DESK}) OR ({locks}))) "
        f"WITH CHECK (app_system() OR ({DESK}));"
    )


def restricted(and_from_the_start: str) -> str:
    return f"""
    CREATE OR REPLACE FUNCTION app_restricted_to_others(of_case bigint) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
      $$ SELECT EXISTS (SELECT 1 FROM cases_handling h WHERE h.case_id = of_case AND h.access = 'restricted'
           AND h.officer_id IS DISTINCT FROM app_person()) {and_from_the_start} $$;
    """


# What came in discreetly is the lead's until somebody has been given it.
FROM_THE_START = """OR (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = of_case AND c.discreet)
           AND NOT EXISTS (SELECT 1 FROM cases_handling h WHERE h.case_id = of_case))"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_attachment"), ("core", "0002_rows")]

    operations = [
        migrations.RunSQL(restricted(FROM_THE_START), restricted("")),
        migrations.RunSQL(see_case(f"({DISCREET})"), see_case(AT_HOME)),
        migrations.RunSQL(lock_case(LOCKS), lock_case("false")),
        Protect("cases_enquirer", see=AT_DESK, add="false", change="false"),
        Protect("cases_attachment", see=FILE, add=ADD_FILE, change="false"),
        *protect_history("cases_enquirer", see=AT_DESK, add="false"),
        *protect_history("cases_attachment", see=FILE, add=ADD_FILE),
    ]
