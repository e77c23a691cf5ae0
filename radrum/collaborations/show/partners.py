"""The partners: who is meant, what the lists say and why, what was concluded, and what nobody knows."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.collaborations import policy
from radrum.collaborations.look_again import CHANGED, GONE, NEW
from radrum.collaborations.models import Collaboration, Hit, Partner, PartnerVerdict, Screening
from radrum.collaborations.screen import Judged, judged, latest, outcome, verdict_on
from radrum.core.actor import Actor
from radrum.core.days import day
from radrum.screening import show
from radrum.screening.index import current
from radrum.screening.resolve import ASK
from radrum.screening.screen import comparable


def partner_url(partner: Partner, step: str = "partner", *more: int) -> str:
    """The address of a partner's page, or of a step on it."""
    return reverse(f"collaborations:{step}", args=[partner.collaboration_id, partner.pk, *more])


def partners_of(actor: Actor, plan: Collaboration) -> list[dict[str, Any]]:
    """The plan's partners with what the lists say, in brief."""
    screenings = list(policy.visible_screenings(actor).filter(collaboration=plan))
    newest, known = latest(plan, screenings), judged(screenings)
    return [_brief(partner, newest.get(partner.pk), known) for partner in plan.partners.all()]


def _brief(partner: Partner, screening: Screening | None, known: Judged) -> dict[str, Any]:
    shown = {
        "name": partner.name,
        "country": partner.country,
        "url": partner_url(partner),
        "compare": partner_url(partner, "partner_compare"),
        "looked_up": "",
    }
    if screening is None:
        return shown
    hits = [_hit(hit, screening, known) for hit in screening.hits.all()]
    return {
        **shown,
        "looked_up": day(screening.screened_at),
        "identity": identity(screening),
        "choose": partner_url(partner, "partner_who") if _asks(screening) else "",
        "outcome": " ".join([*_judged(hits), *_to_judge(screening, hits)]),
        "hits": hits,
        "newer": newer_lists(screening),
    }


def _asks(screening: Screening) -> bool:
    return screening.certainty == ASK


def _to_judge(screening: Screening, hits: list[dict[str, Any]]) -> list[str]:
    """What the lists say; nothing more when every hit on a real list has its verdict."""
    waiting = sum(not hit["verdict"] for hit in hits)
    done = hits and not waiting and not show.only_invented(screening.searched)
    return [] if done else [outcome(screening, waiting)]


def _judged(hits: list[dict[str, Any]]) -> list[str]:
    """How many hits have which verdict."""
    count = Counter(hit["verdict"]["conclusion"] for hit in hits if hit["verdict"])
    said = ", ".join(f"{n} {conclusion}" for conclusion, n in count.items())
    return [_("Judged: %(verdicts)s.") % {"verdicts": said}] if said else []


def _hit(hit: Hit, screening: Screening, known: Judged) -> dict[str, Any]:
    verdict = verdict_on(hit, screening, known)
    return {**show.hit(hit), "pk": hit.pk, "verdict": _verdict(verdict) if verdict else None}


def _verdict(verdict: PartnerVerdict) -> dict[str, str]:
    said = _("%(name)s, %(day)s. Holds until the entry changes.")
    return {
        "conclusion": verdict.get_conclusion_display(),
        "reason": verdict.reason,
        "source": said % {"name": verdict.judged_by, "day": day(verdict.judged_at)},
    }


def identity(screening: Screening) -> str:
    """Who was taken to be meant, in a sentence."""
    if screening.record_name:
        about = {"name": screening.record_name, "ror": screening.ror}
        if screening.certainty == Partner.Identity.CHOSEN:
            return _("Chosen by hand: %(name)s (ROR %(ror)s).") % about
        return _("In the register: %(name)s (ROR %(ror)s).") % about
    if _asks(screening):
        return _("Several organisations may be meant. Choose one, so that all its names are compared.")
    if screening.certainty == Partner.Identity.NONE and not screening.candidates:
        return _("Not found in the register of research organisations: the name as written was compared.")
    return _("None of the register's organisations: the name as written was compared.")


def newer_lists(screening: Screening) -> bool:
    """Whether the lists have changed since it was looked up."""
    then = {(row["key"], row["date"]) for row in screening.searched}
    now = {(one.key, one.date.isoformat() if one.date else None) for one in comparable(current().searched)}
    return bool(now - then) and bool(now)


def partner_page(actor: Actor, partner: Partner) -> dict[str, Any]:
    """Everything about one partner: the newest screening in full, and the earlier ones in a line each."""
    plan = partner.collaboration
    screenings = list(policy.visible_screenings(actor).filter(collaboration=plan))
    ours = [one for one in screenings if (one.name, one.country) == (partner.name, partner.country)]
    shown = {
        **_brief(partner, ours[0] if ours else None, judged(screenings)),
        "plan": {"title": plan.title, "url": reverse("collaborations:plan", args=[plan.pk])},
        "who": partner_url(partner, "partner_who"),
        "history": [_line(one) for one in ours],
    }
    if not ours:
        return shown
    newest = ours[0]
    hits = list(newest.hits.all())
    for one in shown["hits"]:
        one["judge"] = partner_url(partner, "partner_hit", one["pk"])
    return {
        **shown,
        "facts": _facts(newest),
        "searched": show.searched(newest.searched, hits),
        "gaps": show.gaps(newest.gaps),
        "invented": show.only_invented(newest.searched),
    }


def _facts(screening: Screening) -> list[dict[str, str]]:
    rows = [
        (_("In the register"), screening.record_name),
        ("ROR", f"https://ror.org/{screening.ror}" if screening.ror else ""),
        (_("Names compared"), "; ".join(screening.names)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _line(screening: Screening) -> dict[str, str]:
    by = str(screening.screened_by) if screening.screened_by else _("a list changed")
    return {"when": day(screening.screened_at), "by": by, "outcome": _count(screening.hits.all())}


def _count(hits: Iterable[Hit]) -> str:
    names = "; ".join(hit.name for hit in hits)
    return names or _("no hit")


def hit_page(partner: Partner, hit: Hit, verdicts: Iterable[Any]) -> dict[str, Any]:
    """One hit to judge, with what was concluded before and elsewhere."""
    return {
        "hit": show.hit(hit),
        "said": [_verdict(verdict) for verdict in hit.verdicts.all()],
        "elsewhere": [
            {
                "conclusion": verdict.get_conclusion_display(),
                "reason": verdict.reason,
                "source": f"{verdict.judged_by}, {day(verdict.judged_at)}",
            }
            for verdict in verdicts
            if not hit.verdicts.all()  # what was said in this plan stands above
        ],
        "partner": {"name": partner.name, "url": partner_url(partner)},
    }


def alert_rows(actor: Actor, most: int) -> list[dict[str, Any]]:
    """What changed lists mean for one's own partners, one row for each plan, until it is put aside."""
    alerts = list(policy.visible_alerts(actor).filter(read_at=None)[:most])
    wanted = {row["plan"] for alert in alerts for row in alert.partners}
    plans = policy.visible_collaborations(actor).in_bulk(wanted)
    return [
        {
            "title": plan.title,
            "url": reverse("collaborations:plan", args=[plan.pk]) + "#partners",
            "text": _("%(list)s, copy of %(day)s. %(what)s")
            % {
                "list": alert.version.source.title,
                "day": day(alert.version.date) or _("unknown date"),
                "what": " ".join(_said(row) for row in alert.partners if row["plan"] == plan.pk),
            },
            "when": alert.made_at,
            "aside": reverse("collaborations:alert_read", args=[alert.pk]),
        }
        for alert in alerts
        for plan in [plans[key] for key in sorted({row["plan"] for row in alert.partners} & set(plans))]
    ]


def _said(row: dict[str, Any]) -> str:
    words = {
        NEW: _("%(partner)s: a new hit to judge."),
        CHANGED: _("%(partner)s: an entry has changed; judge it anew."),
        GONE: _("%(partner)s: an entry has been removed from the list."),
    }
    return words[row["what"]] % {"partner": row["partner"]}
