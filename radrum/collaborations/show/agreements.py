"""The list of agreements, and what importing a file would do."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.collaborations import policy
from radrum.collaborations.agreements.columns import COLUMNS
from radrum.collaborations.agreements.load import Line, mark
from radrum.collaborations.models import Agreement
from radrum.core.actor import Actor
from radrum.core.days import day

SOON = timedelta(days=180)
MOST_SHOWN = 100  # rows and faults; the numbers above them count all


def by_nearest_day(agreements: QuerySet[Any], *, soon: bool) -> Any:
    """What ends or is to be reviewed first comes first; without a day, last."""
    if soon:
        until = timezone.localdate() + SOON
        agreements = agreements.filter(Q(expires_on__lte=until) | Q(review_on__lte=until))
    nearest = Least("expires_on", "review_on")  # of the two that is there
    return agreements.annotate(nearest=nearest).order_by(F("nearest").asc(nulls_last=True), "title")


def _state(due: date | None, passed: str, near: str) -> str:
    today = timezone.localdate()
    if due is None or due > today + SOON:
        return ""
    return passed if due < today else near


def _row(actor: Actor, agreement: Agreement, plans: set[int]) -> dict[str, Any]:
    plan = reverse("collaborations:plan", args=[agreement.plan_id]) if agreement.plan_id in plans else ""
    begin = None
    if not agreement.plan_id and policy.may_begin(actor):
        begin = {
            "label": _("Make a plan of it"),
            "url": reverse("collaborations:plan_agreement", args=[agreement.pk]),
        }
    return {
        "id": f"a{agreement.pk}",
        "title": agreement.title,
        "kind": agreement.get_kind_display(),
        "partner": f"{agreement.partner}, {agreement.country}",
        "expires": agreement.expires_on,
        "review": agreement.review_on,
        "expires_state": _state(agreement.expires_on, _("Has expired"), _("Expires soon")),
        "review_state": _state(agreement.review_on, _("To be reviewed now"), _("To be reviewed soon")),
        "owner": ", ".join(filter(None, [agreement.owner_email, agreement.unit])),
        "reference": agreement.file_reference,
        "plan": {"label": _("The plan"), "url": plan} if plan else begin,
    }


def agreements_page(actor: Actor, page: Any, *, soon: bool) -> dict[str, Any]:
    """The context of `collaborations/agreements.html`."""
    import_ = {"label": _("Import agreements"), "url": reverse("collaborations:import")}
    may = bool(actor.organisation) and policy.may_import(actor, actor.organisation)
    other = (
        {"label": _("All agreements"), "url": "?"}
        if soon
        else {"label": _("Only what ends or is due soon"), "url": "?show=soon"}
    )
    export = {"label": _("Download the list (CSV)"), "url": reverse("collaborations:export")}
    keys = [agreement.plan_id for agreement in page if agreement.plan_id]
    plans = set(policy.visible_collaborations(actor).filter(pk__in=keys).values_list("pk", flat=True))
    links = [other, export] if page.paginator.count or soon else []
    return {
        "organisation": actor.organisation,
        "rows": [_row(actor, agreement, plans) for agreement in page],
        "page": page,
        "soon": soon,
        "action": import_ if may else None,
        "links": links,
    }


def _heading(name: str) -> str:
    return next(str(column.heading) for column in COLUMNS if column.field == name)


def _would(line: Line) -> dict[str, Any]:
    row = line.row
    if line.there is None:
        does = _("New")
    elif line.changes:
        does = _("Changed: %(fields)s") % {
            "fields": ", ".join(_heading(name).lower() for name in line.changes)
        }
    else:
        does = _("As it was")
    days = [_("expires %(day)s") % {"day": day(row.expires_on)} if row.expires_on else ""]
    days += [_("reviewed %(day)s") % {"day": day(row.review_on)} if row.review_on else ""]
    return {
        "line": row.line,
        "title": row.title,
        "partner": f"{row.partner}, {row.country}",
        "days": ", ".join(filter(None, days)),
        "does": does,
    }


def import_page(form: Any, table: Any, lines: list[Line]) -> dict[str, Any]:
    """The context of `collaborations/import.html`: faults, or what would be done."""
    faults = table.faults if table else []
    context = {
        "form": form,
        "back": reverse("collaborations:agreements"),
        "template": reverse("collaborations:template"),
        "headings": [{"name": str(column.heading), "required": column.required} for column in COLUMNS],
        "faults": [fault._asdict() for fault in faults[:MOST_SHOWN]],
        "fault_count": len(faults),
        "not_read": ", ".join(table.not_read) if table else "",
    }
    if not lines:
        return context
    return {
        **context,
        "preview": {
            "lines": [_would(line) for line in lines[:MOST_SHOWN]],
            "counts": _counts(lines),
            "more": max(0, len(lines) - MOST_SHOWN),
            "seen": mark(form.cleaned_data["rows"]),
        },
    }


def _counts(lines: Iterable[Line]) -> list[str]:
    lines = list(lines)
    new = sum(line.there is None for line in lines)
    changed = sum(bool(line.changes) for line in lines)
    same = len(lines) - new - changed
    nobody = sum(not line.has_account for line in lines)
    said = [
        ngettext("%(n)d new agreement.", "%(n)d new agreements.", new) % {"n": new},
        ngettext(
            "%(n)d is there already and is changed.", "%(n)d are there already and are changed.", changed
        )
        % {"n": changed},
        ngettext("%(n)d is as it was.", "%(n)d are as they were.", same) % {"n": same},
    ]
    if nobody:
        said.append(
            ngettext(
                "%(n)d has no owner with an account here; your advisers are reminded instead.",
                "%(n)d have no owner with an account here; your advisers are reminded instead.",
                nobody,
            )
            % {"n": nobody}
        )
    return said
