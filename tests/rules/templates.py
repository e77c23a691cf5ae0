"""Templates: short, linked downwards, nothing inline, nothing unescaped, every form with its token."""

import re
from collections.abc import Iterator

from tests.rules import Rule, is_above, package_of

ALL = ("*/templates/*.html", "templates/*.html")
_LINK = re.compile(r"""\{%\s*(?:url|include|extends)\s+["']([a-z_]+)[:/]""")
_INLINE = re.compile(
    r"""<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|javascript:|<script\b(?![^>]*\ssrc=)[^>]*>|<script\b[^>]*>\s*[^<\s]""",
    re.IGNORECASE,
)
_UNESCAPED = re.compile(r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off")
_POSTED = re.compile(
    r"<form\b[^>]*\bmethod=[\"']post[\"'][^>]*>(.*?)(?:</form>|\Z)", re.IGNORECASE | re.DOTALL
)

_TOKEN = re.compile(
    r"""\{%\s*csrf_token\s*%\}|\{%\s*include\s+"rr/form\.html\""""
)  # the include holds the token


def _link_above(path: str, text: str) -> Iterator[str]:
    yield from (name for name in _LINK.findall(text) if is_above(package_of(path), name))


def _inline(path: str, text: str) -> Iterator[str]:
    yield from (found.group(0).strip() for found in _INLINE.finditer(text))


def _unescaped(path: str, text: str) -> Iterator[str]:
    yield from (found.group(0) for found in _UNESCAPED.finditer(text))


def _too_long(path: str, text: str) -> Iterator[str]:
    if len(text.splitlines()) > 100:
        yield f"{len(text.splitlines())} lines"


def _form_without_a_token(path: str, text: str) -> Iterator[str]:
    yield from (found.group(0)[:60] for found in _POSTED.finditer(text) if not _TOKEN.search(found.group(1)))


RULES = [
    Rule(
        "templates link to their own package and downwards",
        ALL,
        _link_above,
        wrong=(
            ("cases/templates/cases/case.html", "<a href=\"{% url 'collaborations:plan' 1 %}\">"),
            ("accounts/templates/accounts/x.html", '{% include "cases/parts/x.html" %}'),
            ("guidance/templates/guidance/x.html", '{% extends "collaborations/base.html" %}'),
        ),
        right=(
            (
                "collaborations/templates/collaborations/x.html",
                "{% url 'cases:case' 1 %}{% url 'guidance:edition' %}",
            ),
            (
                "cases/templates/cases/case.html",
                "{% extends 'base.html' %}{% include 'rr/field.html' %}{% url 'room' %}",
            ),
            ("templates/base.html", "{% url 'collaborations:list' %}"),
        ),
    ),
    Rule(
        "nothing inline: no style, no script, no on…",
        ALL,
        _inline,
        wrong=(
            '<p style="color:red">',
            "<style>p {}</style>",
            "<script>alert(1)</script>",
            '<script src="x.js">alert(1)</script>',
            '<script type="module">import x</script>',
            '<button onclick="go()">',
            '<a href="javascript:go()">',
            "<body\n  onload='x'>",
        ),
        right=(
            "<script src=\"{% static 'x.js' %}\" defer></script>",
            "<p>style = calm, one=two</p>",
            '<p data-once="x" class="rr-style">',
        ),
    ),
    Rule(
        "everything is escaped",
        ALL,
        _unescaped,
        wrong=("{{ text|safe }}", "{{ texts | safeseq }}", "{% autoescape off %}"),
        right=("{{ text|linebreaks }}", "{{ safe }}"),
    ),
    Rule("a template has at most 100 lines", ALL, _too_long, wrong=("<p>\n" * 101,), right=("<p>\n" * 100,)),
    Rule(
        "a form that is posted has its token",
        ALL,
        _form_without_a_token,
        wrong=('<form method="post"><button></form>', "<form action='x' method='post'>{{ form }}"),
        right=('<form method="post">{% csrf_token %}<button></form>', '<form method="get"><button></form>'),
    ),
]
