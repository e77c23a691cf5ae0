"""`radrum instrument`: an editor's file is checked, drafted, put in force and withdrawn from the command line."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from radrum.guidance.instruments import shipped
from radrum.guidance.models import Instrument

pytestmark = pytest.mark.django_db
KEY = "03-before-application"


def _file(folder: Path, **changes: Any) -> str:
    document = next(one for one in shipped()[1] if one["id"] == KEY)
    path = folder / "new.yaml"
    path.write_text(yaml.safe_dump(json.loads(json.dumps({**document, **changes}))), encoding="utf-8")
    return str(path)


def _run(*words: str) -> str:
    out = StringIO()
    call_command("instrument", *words, stdout=out)
    return out.getvalue()


def test_from_a_file_into_force_and_away(tmp_path: Path) -> None:
    path = _file(tmp_path, version="1.1.0")
    assert "nothing to mend" in _run("check", path)
    assert Instrument.objects.filter(version="1.1.0").count() == 0
    assert "draft" in _run("draft", path)
    assert "in force" in _run("enact", KEY, "1.1.0")
    states = dict(Instrument.objects.filter(key=KEY).values_list("version", "status"))
    assert states == {"1.0.0": "withdrawn", "1.1.0": "in_force"}
    assert "withdrawn" in _run("withdraw", KEY)
    assert set(Instrument.objects.filter(key=KEY).values_list("status", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "no-such-file.yaml"), "There is no file"),
        (("enact", KEY, "9.9.9"), "There is no draft"),
        (("withdraw", "no-such-key"), "There is no instrument in force"),
    ],
)
def test_what_is_not_there_is_said(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _run(*words)


def test_what_must_be_mended_is_said_and_nothing_is_kept(tmp_path: Path) -> None:
    path = _file(tmp_path, version="1.1.0", designs_default=["d-none", "d-01", "d-02"])
    for what in ("check", "draft"):
        with pytest.raises(CommandError, match="nothing called d-none"):
            _run(what, path)
    assert Instrument.objects.count() == 2
    Path(path).write_text("a: [1", encoding="utf-8")
    with pytest.raises(CommandError, match=r"new\.yaml, line"):
        _run("check", path)
    Path(path).write_text("- a list", encoding="utf-8")
    with pytest.raises(CommandError, match="required property"):
        _run("check", path)
