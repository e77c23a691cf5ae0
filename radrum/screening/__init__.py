"""Compares a named party with public lists and explains every hit.

`lists.py` loads official files through `importers/`; `index.py` turns those in use into files that processes
map; `resolve.py` finds who is meant; `screen.py` compares every name of theirs; `judge.py` keeps what people
concluded. `engine/` thinks, and knows neither Django nor the time.
"""
