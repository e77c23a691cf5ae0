from django.db import migrations

from radrum.core.rows import Protect, protect_history

ADMIN = "organisation_id = app_organisation() AND app_has('organisation_admin')"
MEMBERSHIP = "person_id = app_person() OR organisation_id = app_organisation()"
SUBSTITUTION = "substitute_id = app_person() OR organisation_id = app_organisation()"
MEMBER = f"({ADMIN}) OR (person_id = app_person() AND organisation_id = app_organisation())"
ABSENT = f"({ADMIN}) OR (absent_id = app_person() AND organisation_id = app_organisation())"
DRAFT = "person_id = app_person() AND organisation_id = app_organisation()"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0002_rows")]

    operations = [
        Protect(
            "accounts_membership",
            see=MEMBERSHIP,
            add=ADMIN,
            change=MEMBER,
        ),
        Protect(
            "accounts_substitution",
            see=SUBSTITUTION,
            add=ABSENT,
            change=ABSENT,
        ),
        Protect("accounts_invitation", see=ADMIN),
        Protect("accounts_draft", see=DRAFT, remove=DRAFT),
        *protect_history("accounts_membership", see=MEMBERSHIP, add=MEMBER),
        *protect_history("accounts_substitution", see=SUBSTITUTION, add=ABSENT),
        *protect_history("accounts_invitation", see=ADMIN),
        # A role or an absence can be ended, not turned into another one.
        migrations.RunSQL(
            "REVOKE UPDATE ON accounts_membership, accounts_substitution FROM radrum_app;"
            "GRANT UPDATE (starts_on, ends_on) ON accounts_membership TO radrum_app;"
            "GRANT UPDATE (starts_on, ends_on) ON accounts_substitution TO radrum_app;",
            "GRANT UPDATE ON accounts_membership, accounts_substitution TO radrum_app;",
        ),
    ]
