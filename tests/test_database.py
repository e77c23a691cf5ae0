"""The application's role on the database server."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_a_statement_that_fails_stays_out_of_the_servers_log() -> None:
    """It would hold what somebody wrote; `database.set_up` says so for the role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('log_min_error_statement')")
        assert cursor.fetchone() == ("radrum_app", "panic")
