"""Pure thinking: names in, explained hits out. No Django, no database, no clock.

`fold` makes words of a name, `words` knows which say little, `build` makes an index of flat arrays,
`near` finds words like a word, `search` finds and compares names, `reasons` says why.
"""
