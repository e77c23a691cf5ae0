from django.db import migrations

from radrum.core.rows import Protect, protect_history

EXPERT = "agency_id = app_organisation() AND app_has('agency_expert')"
OF_CASE = "app_desk() AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)"
CONSULTATION = f"({OF_CASE}) OR ({EXPERT} AND withdrawn_at IS NULL)"
OF_CONSULTATION = "EXISTS (SELECT 1 FROM cases_consultation k WHERE k.id = consultation_id)"
AS_TODAY = "EXISTS (SELECT 1 FROM cases_consultation k WHERE k.id = pgh_obj_id)"
BY_EXPERT = (
    "app_has('agency_expert') AND EXISTS (SELECT 1 FROM cases_consultation k "
    "WHERE k.id = consultation_id AND k.agency_id = app_organisation())"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_consultation"), ("core", "0002_rows")]

    operations = [
        # An expert's step locks its consultation, and changes nothing in it.
        Protect("cases_consultation", see=CONSULTATION, add=OF_CASE, change=OF_CASE, lock=CONSULTATION),
        Protect("cases_opinion", see=OF_CONSULTATION, add=BY_EXPERT, change="false"),
        Protect("cases_statementdraft", see=OF_CASE),
        # As the consultation is today: when it is withdrawn, what it was goes too.
        *protect_history("cases_consultation", see=AS_TODAY, add=OF_CASE),
        *protect_history("cases_opinion", see=OF_CONSULTATION, add=BY_EXPERT),
        *protect_history("cases_statementdraft", see=OF_CASE),
    ]
