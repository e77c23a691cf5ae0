"""What stands in `docs/` and is made from the code, so that it cannot be wrong; compared by a test.

`parts.py` makes the tables, `environment.py` the settings and `.env.example`, `pages.py` puts them in place.
"""
