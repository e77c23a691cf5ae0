"""What changes in the world: a source is followed → fetched safely → read → judged by an editor → told.

`fetch.py` asks the network and trusts nobody, `parse.py` reads what came, `gather.py` keeps what is new,
`judge.py` is the editor's, `tell.py` says why a source did not answer. An item in the editor's inbox and a
piece of news are two objects.
"""
