from django.db import migrations

from radrum.core.rows import Protect, protect_history

READERS = "app_has('contact_point', 'adviser', 'steering', 'decision_maker')"
MINE = "officer_id = app_person() OR app_has('desk_lead')"
HANDLING = f"app_desk() AND (access = 'open' OR {MINE})"


def desk(case: str) -> str:
    """The desk, unless the case is restricted to others; `case` is the column with the case's id."""
    return (
        "app_desk() AND (app_has('desk_lead') OR NOT app_restricted_to_others(" + case + "))"
    )


def asker(table: str = "") -> str:
    return f"{table}asker_id = app_organisation() AND ({table}on_behalf_of_id = app_person() OR {READERS})"


ASKS = "asker_id = app_organisation() AND app_has('contact_point')"
OF_CASE = "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)"

# Whether a case is restricted must be known without being able to read how it is handled.
RESTRICTED = """
CREATE FUNCTION app_restricted_to_others(of_case bigint) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT EXISTS (SELECT 1 FROM cases_handling h WHERE h.case_id = of_case AND h.access = 'restricted'
       AND h.officer_id IS DISTINCT FROM app_person()) $$;
"""


# The next number is given without showing how many questions have come in.
NUMBER = """
CREATE FUNCTION app_next_register_number(of_year integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ INSERT INTO cases_registernumber (year, last) VALUES (of_year, 1)
     ON CONFLICT (year) DO UPDATE SET last = cases_registernumber.last + 1 RETURNING last $$;
"""


ONLY_US = """
REVOKE EXECUTE ON FUNCTION app_restricted_to_others(bigint), app_next_register_number(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_restricted_to_others(bigint), app_next_register_number(integer) TO radrum_app;
"""
OF_ASKED = f"app_has('contact_point') AND {OF_CASE}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("core", "0002_rows")]

    operations = [
        migrations.RunSQL(RESTRICTED, "DROP FUNCTION app_restricted_to_others(bigint)"),
        migrations.RunSQL(NUMBER, "DROP FUNCTION app_next_register_number(integer)"),
        migrations.RunSQL(ONLY_US, migrations.RunSQL.noop),
        Protect("cases_registernumber", see="false"),
        Protect(
            "cases_case",
            see=f"({desk('id')}) OR ({asker()})",
            add=ASKS,
            change=desk("id"),
        ),
        Protect("cases_dossier", see=OF_CASE, add=OF_ASKED, change="false"),
        Protect("cases_handling", see=HANDLING),
        Protect("cases_statement", see=OF_CASE, add=f"app_desk() AND {OF_CASE}", change="false"),
        *protect_history("cases_case", see=f"({desk('id')}) OR ({asker()})", add=f"({desk('id')}) OR ({ASKS})"),
        *protect_history("cases_dossier", see=OF_CASE, add=OF_ASKED),
        *protect_history("cases_handling", see=desk("case_id")),  # as the case is today: old notes too
        *protect_history("cases_statement", see=OF_CASE, add=f"app_desk() AND {OF_CASE}"),
    ]
