"""People, the organisations they act for, their roles there, and how to reach them.

`load.py` fills the register of organisations, `invite.py` brings a person in, `appoint.py` gives and ends
roles, `substitute.py` covers an absence, `acting.py` says who acts for whom, `keep.py` keeps what is typed,
`notify.py` reaches people by mail without saying what it is about.
"""
