"""The pages of a partner: compare, choose, judge; what is wrong is said, and nothing typed is lost."""

from pathlib import Path

import pytest
from django.utils.html import strip_tags

from radrum.collaborations.models import Partner, PartnerVerdict, Screening
from radrum.core.actor import Actor
from radrum.screening.provide import exercise
from tests import factories
from tests.cast import cast, signed_in
from tests.collaborations.lists import LISTED, NEWER, OLDER, UNLISTED, load, load_register
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def owner(act: Act) -> Actor:
    return cast(act, "owner")["owner"]


def made(owner: Actor, name: str = LISTED) -> tuple[Partner, str, str]:
    plan = factories.plan(owner, partners=[(name, "Serranien")])
    partner = Partner.unguarded.get(collaboration=plan)
    return partner, f"/collaborations/{plan.pk}/", f"/collaborations/{plan.pk}/partners/{partner.pk}/"


def test_a_partner_is_compared_judged_and_read_on_the_plan(owner: Actor, tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    _partner, plan, page = made(owner)
    browser = signed_in(owner)
    assert "Jämför med listorna" in browser.get(plan).content.decode()
    assert browser.post(f"{page}compare/").headers["Location"] == page
    shown = browser.get(page)
    (hit,) = shown.context["hits"]
    text = shown.content.decode()
    for words in ("VELGRAD INSTITUTE OF PROPULSION", "bindande här", "Ingen jurist", "23 november 2026"):
        assert words in text
    assert "%" not in text.replace("100%", "")
    score = str(Screening.unguarded.get().hits.get().score)
    assert score not in strip_tags(text.partition("<main")[2])  # tokens and addresses hold any number
    unreasoned = browser.post(hit["judge"], {"conclusion": "different", "reason": ""})
    assert (unreasoned.status_code, PartnerVerdict.unguarded.count()) == (200, 0)
    assert browser.post(hit["judge"], {"conclusion": "different", "reason": "Annan stad."}).status_code == 302
    text = browser.get(plan).content.decode()
    assert ("Annan stad." in text, "Bedömt: 1 en annan part." in text) == (True, True)


def test_the_page_says_when_the_lists_have_changed_since(owner: Actor, tmp_path: Path) -> None:
    exercise()  # which does not count once there is a real list
    load(tmp_path, OLDER, "older")
    _partner, plan, page = made(owner)
    browser = signed_in(owner)
    browser.post(f"{page}compare/")
    said = "Listorna har ändrats sedan dess."
    assert [said in browser.get(at).content.decode() for at in (plan, page)] == [False, False]
    load(tmp_path, NEWER, "newer")
    assert [said in browser.get(at).content.decode() for at in (plan, page)] == [True, True]


def test_without_lists_the_page_says_why_nothing_was_compared(owner: Actor) -> None:
    _partner, _plan, page = made(owner)
    browser = signed_in(owner)
    text = browser.post(f"{page}compare/", follow=True).content.decode()
    assert ("Ingen lista som kan användas här är inläst" in text, Screening.unguarded.count()) == (True, 0)


def test_several_may_be_meant_and_one_is_chosen(owner: Actor, tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    load_register(tmp_path)
    partner, plan, page = made(owner, "VPU")  # two of the register's
    browser = signed_in(owner)
    browser.post(f"{page}compare/")
    assert "Flera organisationer kan menas" in browser.get(plan).content.decode()
    form = browser.get(f"{page}who/").context["form"]
    offered = {value for value, _label in form.fields["ror"].choices}
    assert offered == {"0aaaaaa11", "0bbbbbb22", "none"}
    assert browser.post(f"{page}who/", {"ror": "", "other": ""}).status_code == 200
    assert browser.post(f"{page}who/", {"ror": "0bbbbbb22", "other": ""}).status_code == 302
    kept = Partner.unguarded.get(pk=partner.pk)
    assert (kept.ror, kept.identity, Screening.unguarded.first().record_name) == (
        "0bbbbbb22",
        "chosen",
        "Fjällby University",
    )
    other = {"ror": "", "other": "https://ror.org/0cccccc33/"}
    assert browser.post(f"{page}who/", other).status_code == 302
    assert Partner.unguarded.get(pk=partner.pk).ror == "0cccccc33"
    wrong = browser.post(f"{page}who/", {"ror": "", "other": "0zzzzzz99"})
    assert (wrong.status_code, "ingen organisation med det numret" in wrong.content.decode()) == (200, True)
    assert browser.post(f"{page}who/", {"ror": "none", "other": ""}).status_code == 302
    assert Partner.unguarded.get(pk=partner.pk).identity == "none"


def test_a_name_that_looks_like_markup_stays_text(owner: Actor, tmp_path: Path) -> None:
    load(tmp_path, NEWER.replace("VELGRAD INSTITUTE", "VELGRAD &lt;b&gt; INSTITUTE"), "un")
    _partner, _plan, page = made(owner)
    browser = signed_in(owner)
    browser.post(f"{page}compare/")
    text = browser.get(page).content.decode()
    assert ("VELGRAD &lt;b&gt; INSTITUTE" in text, "VELGRAD <b>" in text) == (True, False)


@pytest.mark.parametrize("end", ["", "who/", "hits/999999/"])
def test_a_partner_of_another_plan_is_not_found_under_this_one(owner: Actor, end: str) -> None:
    _one, _plan, page = made(owner)
    other = factories.plan(owner, partners=[(UNLISTED, "X")])
    number = page.rstrip("/").rpartition("/")[2]
    browser = signed_in(owner)
    assert browser.get(f"/collaborations/{other.pk}/partners/{number}/{end}").status_code == 404
