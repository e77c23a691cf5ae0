"""What everyone may read: case studies, frequent questions, articles and news; drafts wait for an editor.

`drafts.py` takes a text that somebody wrote, `edit.py` is what editors do in Wagtail under `door.py`, and
`search.py` finds published answers. Whoever wrote a text does not publish it (`policy.py`).
"""
