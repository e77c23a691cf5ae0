"""Operations, audit trail and a few shared helpers; knows no other package.

An operation (`operation.py`) opens a transaction in which the database knows who acts (`scope.py`),
and leaves an entry in the sealed trail (`audit.py`). Confidential models are `guarded.py`, and their
rows are protected by the database itself (`rows.py`).
"""
