"""`script/demo --check`: walk the chain over HTTP as each role, and compare the audit trail.

It runs beside the demo on a fresh data folder, with the demo's own accounts; one line a step with its time.
"""

import os
import time

from radrum.walk.around import around
from radrum.walk.desk import at_the_desk, decided
from radrum.walk.general import ask_generally
from radrum.walk.home import at_home
from radrum.walk.learning import learned
from radrum.walk.record import printed, shared
from radrum.walk.trail import audit, mail, tampered
from radrum.walk.visitor import Visitor, Wrong, expect, step


def walk(base_url: str) -> int:
    """Walk the chain; 0 when every step ended as it should, 1 with a sentence when one did not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "radrum.settings")
    import django

    django.setup()
    from radrum.core.actor import SYSTEM
    from radrum.core.models import Entry
    from radrum.core.scope import reading

    base, began = base_url.rstrip("/"), time.perf_counter()
    with reading(SYSTEM):
        first = Entry.unguarded.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with step("the start page has its three doors"):
            doors = Visitor(base).get("/").count("rr-door")
            expect(doors >= 3, f"{doors} doors")
        plan, researcher = at_home(base)
        reference, case = at_the_desk(base, plan)
        decided(base, plan, researcher, case)
        shared(base, plan, researcher)
        printed(plan, researcher, case)
        around(base, researcher)
        learned(base, case)
        ask_generally(base)
        audit(first)
        mail(reference)
        tampered()
    except Wrong as wrong:
        print(f"NOT OK  {wrong}", flush=True)
        return 1
    print(f"The whole chain works, {time.perf_counter() - began:.1f} s.", flush=True)
    return 0
