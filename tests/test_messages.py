"""Everything people read is there in Swedish; and whatever is missing, unused or misplaced is found."""

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from radrum import messages

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def test_the_swedish_catalogue_is_complete() -> None:
    assert messages.problems() == []


def test_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("messages", "check")
    assert capsys.readouterr().out == "Swedish catalogue: check done.\n"


def test_texts_are_gathered_from_code_and_templates() -> None:
    texts = {str(message.id) for message in messages.gather() if message.id}
    in_code, in_a_page, in_a_mail = (
        "Triage the case before it is answered.",
        "Sign in",
        "If you did not expect this",
    )
    assert (in_code in texts, in_a_page in texts, len(texts) > 300) == (True, True, True)
    assert [text for text in texts if text.startswith(in_a_mail)] != []


# --- The check finds what it should ----------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of two texts, one in code and one in a template, and their catalogue."""
    monkeypatch.setattr(messages, "ROOT", tmp_path / "radrum")
    monkeypatch.setattr(messages, "PO", tmp_path / "sv" / "django.po")
    (tmp_path / "radrum" / "templates").mkdir(parents=True)
    (tmp_path / "sv").mkdir()
    code = 'say = ngettext("%(n)d letter to %(name)s", "%(n)d letters to %(name)s", n)\n'
    page = '{% load i18n %}{% translate "A title" %}{% blocktranslate %}Hi {{ name }}{% endblocktranslate %}'
    (tmp_path / "radrum" / "code.py").write_text(code, encoding="utf-8")
    (tmp_path / "radrum" / "templates" / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "sv" / "django.po").write_text(HEADER + CATALOGUE, encoding="utf-8")
    assert messages.problems() == []
    return tmp_path / "sv" / "django.po"


CATALOGUE = """\
msgid "%(n)d letter to %(name)s"
msgid_plural "%(n)d letters to %(name)s"
msgstr[0] "%(n)d brev till %(name)s"
msgstr[1] "%(n)d brev till %(name)s"

msgid "A title"
msgstr "En rubrik"

msgid "Hi %(name)s"
msgstr "Hej %(name)s"
"""


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (replaced('"En rubrik"', '""'), ["not translated: 'A title'"]),
        (replaced('msgstr[1] "%(n)d brev', 'msgstr[1] "'), []),  # a place may be left out
        (
            replaced('msgstr[1] "%(n)d brev till %(name)s"', 'msgstr[1] ""'),
            ["not translated: '%(n)d letter to %(name)s'"],
        ),
        (replaced('msgid "A title"', '#, fuzzy\nmsgid "A title"'), ["not translated: 'A title'"]),
        (
            replaced("Hej %(name)s", "Hej %(namn)s"),
            ["a place that the English text does not have: 'Hej %(namn)s'"],
        ),
        (replaced('msgid "A title"\nmsgstr "En rubrik"\n', ""), ["missing: A title"]),
        (lambda text: text + '\nmsgid "Old"\nmsgstr "Gammal"\n', ["not used any more: Old"]),
        (
            replaced('msgid "A title"', 'msgctxt "x"\nmsgid "A title"'),
            ["missing: A title", "not used any more: A title"],
        ),
    ],
)
def test_what_is_wrong_in_the_catalogue_is_found(
    program: Path, change: Callable[[str], str], problems: list[str]
) -> None:
    program.write_text(change(program.read_text(encoding="utf-8")), encoding="utf-8")
    assert messages.problems() == problems


def test_the_command_fails_when_something_is_missing(program: Path) -> None:
    program.write_text(program.read_text("utf-8").replace('"En rubrik"', '""'), "utf-8")
    with pytest.raises(CommandError, match="not translated: 'A title'"):
        call_command("messages", "check", stdout=StringIO())


# --- Update and compile ----------------------------------------------------------------------------


def test_an_update_keeps_what_is_translated_adds_what_is_new_and_drops_what_is_old(program: Path) -> None:
    text = program.read_text("utf-8").replace('msgid "A title"', 'msgid "An old title"')
    program.write_text(text, "utf-8")
    messages.update()
    with program.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    assert {
        str(message.id): message.string for message in catalogue if message.id and not message.pluralizable
    } == {
        "A title": "",
        "Hi %(name)s": "Hej %(name)s",
    }
    once = program.read_bytes()
    messages.update()
    assert program.read_bytes() == once  # no dates, no order that changes


def test_what_is_compiled_is_what_django_reads(program: Path) -> None:
    messages.compile_catalogue()
    compiled = read_mo(BytesIO(program.with_suffix(".mo").read_bytes()))
    assert compiled.get("Hi %(name)s").string == "Hej %(name)s"


def test_the_reader_gets_swedish_by_default_and_english_when_chosen() -> None:
    with override("sv"):
        swedish = gettext("Triage the case before it is answered.")
    with override("en"):
        english = gettext("Triage the case before it is answered.")
    assert (english, swedish != english) == ("Triage the case before it is answered.", True)
