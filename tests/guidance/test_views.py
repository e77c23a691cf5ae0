"""The guidelines are open to all, say that they are a reconstruction, and keep their addresses."""

import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from radrum.core.actor import SYSTEM
from radrum.guidance.load import content, put_in_force
from radrum.guidance.models import Aspect, Dimension, Edition
from radrum.guidance.policy import current_edition

pytestmark = pytest.mark.django_db
MARK = {
    "sv": "Rekonstruktion",
    "en": "Reconstruction",
}


def _pages(edition: Edition) -> list[str]:
    orders = [dimension.order for dimension in edition.dimensions.all()]
    return [
        reverse("guidance:edition"),
        reverse("guidance:edition", args=[edition.key]),
        *(reverse("guidance:dimension", args=[order]) for order in orders),
        *(reverse("guidance:dimension", args=[edition.key, order]) for order in orders),
    ]


@pytest.mark.parametrize("language", MARK)
def test_the_mark_of_a_reconstruction_stands_on_every_page_in_both_languages(
    client: Client, language: str
) -> None:
    client.post(reverse("set_language"), {"language": language})
    for page in _pages(current_edition()):
        response = client.get(page)
        assert (page, response.status_code, MARK[language] in response.content.decode()) == (page, 200, True)


def test_an_official_edition_does_not_bear_the_mark(client: Client) -> None:
    edition = Edition.objects.create(key="official", status="official", in_force_from=timezone.localdate())
    dimension = Dimension.objects.create(edition=edition, key="D1", order=1)
    Aspect.objects.create(dimension=dimension, key="D1.1", order=1, text={}, status="official")
    page = client.get(reverse("guidance:dimension", args=[edition.key, 1]))
    assert page.context["edition"]["reconstruction"] == ""
    assert {aspect["reconstruction"] for aspect in page.context["aspects"]} == {""}


def test_addresses_of_an_old_edition_stay_and_the_short_ones_follow_the_current(client: Client) -> None:
    old = current_edition()
    new = Edition.objects.create(
        key="newer", title_en="Newer", title_sv="Nyare", in_force_from=timezone.localdate()
    )
    dimension = Dimension.objects.create(edition=new, key="D1", order=1, name_sv="Ny del", name_en="New part")
    by_key = client.get(reverse("guidance:edition", args=[old.key]))
    assert [
        by_key.context["edition"]["permanent"],
        client.get("/guidelines/").context["edition"]["permanent"],
    ] == [
        reverse("guidance:edition", args=[old.key]),
        reverse("guidance:edition", args=["newer"]),
    ]
    kept = client.get(reverse("guidance:dimension", args=[old.key, 1]))
    assert (dimension.name in kept.content.decode(), kept.context["next"]["url"]) == (
        False,
        reverse("guidance:dimension", args=[old.key, 2]),
    )
    assert client.get("/guidelines/1/").context["dimension"]["title"] == "Ny del"


def test_what_is_not_in_force_or_not_there_is_not_found(client: Client) -> None:
    Edition.objects.create(key="coming", in_force_from=timezone.localdate() + timedelta(days=1))
    for page in (
        "/guidelines/edition/coming/",
        "/guidelines/edition/none/",
        "/guidelines/99/",
        "/guidelines/0/",
    ):
        assert (page, client.get(page).status_code) == (page, 404)


def test_every_aspect_has_an_anchor_that_the_edition_links_to(client: Client) -> None:
    edition = client.get("/guidelines/").context
    for dimension in edition["dimensions"]:
        page = client.get(dimension["url"]).content.decode()
        for aspect in dimension["aspects"]:
            anchor = aspect["url"].partition("#")[2]
            assert (anchor, page.count(f'id="{anchor}"')) == (anchor, 1)
    linked = [aspect for dimension in edition["dimensions"] for aspect in dimension["aspects"]]
    assert len(linked) == Aspect.objects.filter(dimension__edition=current_edition(), parent=None).count() > 0


def test_neighbours_lead_through_all_the_parts(client: Client) -> None:
    parts = current_edition().dimensions.count()
    around = [client.get(f"/guidelines/{order}/").context for order in range(1, parts + 1)]
    assert [bool(context["previous"]) for context in around] == [False, *[True] * (parts - 1)]
    assert [bool(context["next"]) for context in around] == [*[True] * (parts - 1), False]


def test_a_part_with_more_in_it_costs_no_more(client: Client) -> None:
    few = current_edition().dimensions.get(order=1)
    costs = []
    for round_ in range(2):
        client.get("/guidelines/1/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/guidelines/1/")
        costs.append(len(queries))
        for number in range(2):
            Aspect.objects.create(
                dimension=few,
                key=f"D1.{round_}{number}",
                order=90 + number,
                text={},
                authorities=["sakerhetspolisen"],
            )
    assert costs[0] == costs[1]


def test_a_sub_aspect_stands_under_its_aspect_and_not_in_the_list_of_aspects(client: Client) -> None:
    texts = copy.deepcopy(content())
    texts["edition"] |= {"key": "2027-1", "in_force_from": "2026-11-02"}
    texts["aspects"][0]["sub_aspects"] = [
        {"key": "D1.1.1", "name_sv": "Stegvis", "name_en": "In steps", "asks_sv": "Hur?", "asks_en": "How?"}
    ]
    put_in_force(SYSTEM, texts)
    page = client.get("/guidelines/1/")
    first = page.context["aspects"][0]
    assert [under["number"] for under in first["sub_aspects"]] == ["1.1.1"]
    assert page.content.decode().count('id="a1-1-1"') == 1
    assert first["sub_aspects"][0]["reconstruction"]
    whole = client.get("/guidelines/").context["dimensions"][0]
    assert "1.1.1" not in [aspect["number"] for aspect in whole["aspects"]]


def test_an_aspect_shows_what_the_instruments_in_force_ask_about_it(client: Client) -> None:
    aspects = {aspect["number"]: aspect for aspect in client.get("/guidelines/1/").context["aspects"]}
    assert any(
        "exportkontroll" in question or "export control" in question for question in aspects["1.3"]["prompts"]
    )
