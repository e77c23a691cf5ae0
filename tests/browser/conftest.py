"""The browser lane: a server of its own with the demo's story, and Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from radrum import messages, story
from radrum.accounts.models import Draft
from tests import databases
from tests.browser import site as server
from tests.browser.pages import Tour, make_tour
from tests.browser.site import Site
from tests.browser.watched import Visits

FAILURES = Path(__file__).parent / "failures"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=sv-SE",  # the browser's own words and the order of a date
]


def _connect(name: str) -> None:
    databases.connect_to(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.system', 'on', false)")


@pytest.fixture(scope="session")
def site(django_db_blocker: Any, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running server; one for each test process. Tests make people of their own in it."""
    before = connection.settings_dict["NAME"]
    messages.compile_catalogue()
    with django_db_blocker.unblock():
        name = databases.clone(f"radrum_site_{worker_id}_{os.getpid()}")
        _connect(name)
        story.tell()
        databases.connect_to(before)
    try:
        with server.run(name, tmp_path_factory.mktemp("site")) as running:
            yield running
    finally:
        databases.drop(name)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium, ended before tests of other packages run: its loop would trouble their database."""
    found = os.environ.get("RADRUM_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visits(
    site: Site, chromium: Browser, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch, request: Any
) -> Iterator[Visits]:
    """Ways to open the site; the test's own connection looks at the site's database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop running in this thread
    before = connection.settings_dict["NAME"]
    opened = Visits(chromium, site)
    with django_db_blocker.unblock():
        _connect(site.database)
        yield opened
        if getattr(request.node, "failed", False):
            _keep_pictures(opened, request.node.name)
            print(site.log()[-4000:])  # noqa: T201  (shown with the failure)
        unexpected = opened.close()
        Draft.unguarded.all().delete()  # what one test typed must not greet the next
        databases.connect_to(before)
    assert unexpected == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Tell the fixture whether its test failed."""
    result = yield
    if call.when == "call":
        item.failed = result.get_result().failed  # type: ignore[attr-defined, union-attr]


def _keep_pictures(opened: Visits, name: str) -> None:
    """What each page showed when the test failed."""
    FAILURES.mkdir(exist_ok=True)
    pages = [page for context in opened.contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=FAILURES / f"{name.replace('/', '-')}-{number}.png", full_page=True)


@pytest.fixture
def tour(visits: Visits, site: Site) -> Tour:
    """A plan or a case at every stage, beside those of the story; made once for a server."""
    if site.database not in _tours:
        _tours[site.database] = make_tour()
    return _tours[site.database]


_tours: dict[str, Tour] = {}
