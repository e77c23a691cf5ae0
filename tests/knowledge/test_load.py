"""What ships with the program: loaded once, never over an editor's text; marked, with sources, in two languages."""

import pytest
from django.test import Client

from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden
from radrum.guidance.policy import current_edition
from radrum.guidance.revise import known_numbers
from radrum.knowledge.load import content, load_pages
from radrum.knowledge.models import KnowledgePage
from tests.cast import cast
from tests.conftest import Act

pytestmark = pytest.mark.django_db
PAGES = content()


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry["slug"])
def test_every_page_is_whole(entry: dict[str, object]) -> None:
    missing = [
        name
        for name in ("title_sv", "title_en", "body_sv", "body_en", "sources", "review_by")
        if not entry.get(name)
    ]
    marked = bool(entry.get("exercise")) or bool(entry.get("unverified"))
    assert (missing, marked) == ([], True)
    assert set(entry["aspects"]) <= set(known_numbers(current_edition()))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry["slug"])
def test_every_page_is_read_in_both_languages(client: Client, entry: dict[str, str], language: str) -> None:
    client.cookies["django_language"] = language
    response = client.get(f"/knowledge/{entry['slug']}/")
    assert (response.status_code, entry[f"title_{language}"] in response.content.decode()) == (200, True)


def test_loading_again_changes_nothing_not_even_what_an_editor_has_changed(act: Act) -> None:
    changed = KnowledgePage.objects.get(slug="mou")
    changed.lead_sv = "Ändrat av en redaktör."
    changed.save()
    assert load_pages(SYSTEM, content()) == 0
    assert KnowledgePage.objects.get(slug="mou").lead_sv == "Ändrat av en redaktör."


def test_only_the_command_line_loads(act: Act) -> None:
    editor: Actor = cast(act, "editor")["editor"]
    with pytest.raises(Forbidden):
        load_pages(editor, content())


def test_a_page_without_english_says_so(act: Act, client: Client) -> None:
    KnowledgePage.objects.filter(slug="mou").update(body_en="", title_en="")
    client.cookies["django_language"] = "en"
    text = client.get("/knowledge/mou/").content.decode()
    assert ("so far only in Swedish" in text, 'lang="sv"' in text) == (True, True)
