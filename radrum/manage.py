"""The command line `radrum`: Django's commands and our own, on the right database and in the right role."""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "pgtrigger"}
WITHOUT_DATABASE = {"docs", "messages", "setup_database", "help", "--help", "--version", "version"}
WITHOUT_DATABASE |= {"screen", "resolve"}  # they read the index in the data folder


def main() -> None:
    """Run one command; `setup-database` and `setup_database` are the same."""
    if len(sys.argv) > 1:
        sys.argv[1] = sys.argv[1] if sys.argv[1].startswith("-") else sys.argv[1].replace("-", "_")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "radrum.settings")
    if command in OWNER_COMMANDS:
        os.environ["RADRUM_AS_OWNER"] = "1"
    if " ".join(sys.argv[1:3]) != "feed parse" and command not in WITHOUT_DATABASE:
        _reach_the_database()
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (needs the database's address)

    execute_from_command_line(["radrum", *sys.argv[1:]])


def _reach_the_database() -> None:
    """Start or join the embedded database if none is named; without one, a sentence and exit code 1."""
    from radrum.embedded import Unavailable, ensure  # noqa: PLC0415  (reads the environment set above)

    try:
        ensure()
    except Unavailable as unavailable:
        sys.exit(f"radrum: {unavailable}")


if __name__ == "__main__":
    main()
