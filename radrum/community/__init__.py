"""Where people meet: an event is arranged → people register → they are reminded; networks come later.

`arrange.py` makes, changes and cancels events, `attend.py` registers and withdraws, `remind.py` is the
night's, `calendar.py` writes what calendars read. The meeting link is an object of its own (`Door`): only
whoever has a place sees it.
"""
