"""`radrum setup-database`: roles and database on a PostgreSQL server of one's own. Safe to run again."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError

from radrum.database import set_up


class Command(BaseCommand):
    help = (
        "Make the roles radrum_owner, radrum_app and radrum_backup and the database, from "
        "DATABASE_ADMIN_URL, DATABASE_OWNER_URL, DATABASE_URL and (if set) DATABASE_BACKUP_URL."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
        missing = [name for name in names if not os.environ.get(name)]
        if missing:
            raise CommandError(f"Set {', '.join(missing)} first; docs/running.md shows how.")
        urls = [os.environ.get(name, "") for name in (*names[1:], "DATABASE_BACKUP_URL")]
        parts = [urlsplit(url) for url in urls if url]
        passwords = {part.username or "": unquote(part.password or "") for part in parts}
        database = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
        set_up(os.environ["DATABASE_ADMIN_URL"], database=database, passwords=passwords)
        self.stdout.write(f"The database {database} and its roles are ready. Next: radrum migrate")
