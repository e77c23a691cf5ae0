"""Row-level security as migration operations: the net under `policy.py`."""

from django.db.migrations.operations import RunSQL

FUNCTIONS = """
CREATE FUNCTION app_person() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT NULLIF(current_setting('app.person', true), '')::bigint $$;
CREATE FUNCTION app_organisation() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT NULLIF(current_setting('app.organisation', true), '')::bigint $$;
CREATE FUNCTION app_kind() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT COALESCE(current_setting('app.kind', true), '') $$;
CREATE FUNCTION app_has(VARIADIC wanted text[]) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT string_to_array(COALESCE(current_setting('app.roles', true), ''), ',') && wanted $$;
CREATE FUNCTION app_system() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT COALESCE(current_setting('app.system', true), '') = 'on' $$;
CREATE FUNCTION app_desk() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT app_kind() = 'national' AND app_has('desk_officer', 'desk_lead') $$;
"""
DROP_FUNCTIONS = (
    "DROP FUNCTION app_desk(), app_system(), app_has(text[]), app_kind(), app_organisation(), app_person();"
)


class Protect(RunSQL):
    """Let the database show and change rows of `table` only where the conditions hold for who acts.

    `see`, `add`, `change` and `remove` are SQL conditions over the row and `app_person()`,
    `app_organisation()`, `app_has(…)`, `app_desk()`. `add` and `change` default to `see`;
    `remove` to nobody. The system always may. Tables of history take the same `see`.
    `lock` is for whose step locks the row without changing it; it defaults to `change`.
    """

    def __init__(
        self, table: str, *, see: str, add: str = "", change: str = "", remove: str = "false", lock: str = ""
    ) -> None:
        after = f" WITH CHECK (app_system() OR ({change or see}))" if lock else ""
        rules = {
            "SELECT": f"USING (app_system() OR ({see}))",
            "INSERT": f"WITH CHECK (app_system() OR ({add or see}))",
            "UPDATE": f"USING (app_system() OR ({lock or change or see})){after}",
            "DELETE": f"USING (app_system() OR ({remove}))",
        }
        policies = "".join(
            f"CREATE POLICY {table}_{kind.lower()} ON {table} FOR {kind} {rule};"
            for kind, rule in rules.items()
        )
        drops = "".join(f"DROP POLICY {table}_{kind.lower()} ON {table};" for kind in rules)
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; {policies}",
            f"{drops} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
        self._args = {"see": see, "add": add, "change": change, "remove": remove, "lock": lock}
        self.table = table

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """Name the table and its conditions, as written in the migration."""
        return ("Protect", [self.table], self._args)


def protect_history(table: str, *, see: str, add: str = "") -> list[RunSQL]:
    """Protect the history of `table`: seen like its model, added to by its triggers, never changed."""
    events = f"{table}event"
    never = RunSQL(f"REVOKE UPDATE ON {events} FROM radrum_app", f"GRANT UPDATE ON {events} TO radrum_app")
    return [Protect(events, see=see, add=add, change="false"), never]
