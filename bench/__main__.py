"""`script/bench [name]`: one JSON object a line: name, ratio, yardstick, value, unit, n."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "radrum.settings")
import tests.early  # noqa: F401  (its own database server, before settings)


def main() -> int:
    """Run one bench, or all of them."""
    import django

    django.setup()
    from django.db import connection

    from bench import operations, pages
    from tests import databases

    known = {"operations": operations.measure, "pages": pages.measure}
    wanted = sys.argv[1:] or list(known)
    if unknown := [name for name in wanted if name not in known]:
        print(f"No bench is called {unknown[0]}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    name = databases.clone(f"radrum_bench_{os.getpid()}")
    databases.connect_to(name)
    try:
        for bench in wanted:
            for row in known[bench]():
                print(json.dumps(row, ensure_ascii=False), flush=True)
    finally:
        connection.close()
        databases.drop(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
