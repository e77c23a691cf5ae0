"""Browsers that remember each complaint, so that a test fails on one it did not expect."""

import re
import time
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from radrum.core.actor import Actor
from tests.browser.site import Site

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COOKIE = "radrum_session"
PATIENCE = 10_000  # milliseconds for each thing a page should do


class Visits:
    """Opens the site as somebody, in a context (a browser of its own) for each call."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.expected: list[str] = []

    def context(self, actor: Actor | None = None, *, language: str = "sv", **more: Any) -> BrowserContext:
        """A fresh browser, signed in as `actor` without the sign-in page (which has its own tests)."""
        given = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "base_url": self.site.url}
        context = self.browser.new_context(**{**given, "viewport": {"width": 1280, "height": 900}, **more})
        context.set_default_timeout(PATIENCE)
        context.on("page", self._watch)
        cookies = {"django_language": language}
        if actor:
            cookies[COOKIE] = session_for(actor)
        context.add_cookies([{"name": n, "value": v, "url": self.site.url} for n, v in cookies.items()])
        self.contexts.append(context)
        return context

    def page(self, actor: Actor | None = None, path: str = "", **more: Any) -> Page:
        """A page in a fresh browser, opened at `path` if one is given."""
        page = self.context(actor, **more).new_page()
        if path:
            page.goto(path)
        return page

    def expect(self, *patterns: str) -> None:
        """The browser may complain of these: the test provokes them."""
        self.expected += patterns

    def close(self) -> list[str]:
        """End every context; returns what the browser complained of and nobody expected."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        allowed = re.compile("|".join(self.expected) or r"(?!)")
        return [text for text in self.complaints if not allowed.search(text)]

    def _watch(self, page: Page) -> None:
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location.get("url", "")
            self.complaints.append(f"{message.type}: {message.text} ({where})")


def session_for(actor: Actor) -> str:
    """A session as the sign-in page makes it; returns the cookie's value."""
    session = SessionStore()
    session[SESSION_KEY] = str(actor.user_id)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = actor.user.get_session_auth_hash()
    password = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [password]
    session["account_authentication_methods_user"] = str(actor.user_id)
    if actor.organisation_id:
        session["organisation"] = actor.organisation_id
    session.save()
    return str(session.session_key)


def use_session(page: Page, url: str, actor: Actor) -> None:
    """Sign the page's browser in as `actor` from the next request on."""
    page.context.add_cookies([{"name": COOKIE, "value": session_for(actor), "url": url}])
