from django.db import migrations

from radrum.core.rows import Protect, protect_history

OWN = "organisation_id = app_organisation()"
CHECKERS = (
    "app_has('adviser', 'steering', 'decision_maker', 'contact_point', 'funder_officer', 'desk_officer', 'desk_lead')"
)

SEEN = f"{OWN} AND (judged_by_id = app_person() OR {CHECKERS})"


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial"), ("core", "0002_rows")]

    operations = [
        Protect(
            "screening_verdict",
            see=SEEN,
            add=f"{OWN} AND judged_by_id = app_person()",
            change=f"{OWN} AND judged_by_id = app_person()",
        ),
        Protect(
            "screening_personcheck",
            see=f"{OWN} AND {CHECKERS}",
            add=f"{OWN} AND {CHECKERS} AND checked_by_id = app_person()",
            change=f"{OWN} AND checked_by_id = app_person()",
        ),
        *protect_history("screening_verdict", see=SEEN),
        *protect_history("screening_personcheck", see=f"{OWN} AND {CHECKERS}"),
    ]
