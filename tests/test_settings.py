"""Settings that must not be mistaken for each other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("demo", "relaxed"), [("1", "True"), ("0", "False")])
def test_a_second_factor_is_left_out_in_the_demo_only(tmp_path: Path, demo: str, relaxed: str) -> None:
    told = {"RADRUM_DEMO": demo, "RADRUM_RELAX_TOTP": "1", "RADRUM_DATA": os.fspath(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "from radrum import settings; print(settings.RELAX_TOTP)"],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == relaxed
