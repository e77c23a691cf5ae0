"""Loaded before Django's settings: the tests' own database server and keys."""

import os

os.environ.setdefault("RADRUM_SECRET_KEY", "only-for-tests")
os.environ.setdefault("RADRUM_AUDIT_KEY", "only-for-tests-too")
for name in ("RADRUM_DEMO", "RADRUM_RELAX_TOTP", "RADRUM_DEBUG", "RADRUM_BASE_URL"):
    os.environ.pop(name, None)

from radrum.embedded import ensure  # noqa: E402  (the environment comes first)

ensure("test")
