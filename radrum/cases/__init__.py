"""The national desk's work: receive → triage → answer.

`receive.py` registers a question with its dossier, `triage.py` says who handles it and how, `answer.py`
returns the statement. `read.py` leaves a trace when a restricted case is opened.
"""
