"""Compares a named party with public lists and explains every hit.

`lists.py` loads official files through `importers/`; `index.py` turns what is in use into files that every
process maps; `resolve.py` finds who is meant; `screen.py` compares every name of theirs; `judge.py` keeps what
people concluded. `engine/` thinks, and knows neither Django nor the time.
"""
