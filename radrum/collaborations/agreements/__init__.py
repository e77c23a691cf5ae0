"""The institution's existing agreements: read from a file, looked at, imported whole or not at all, exported.

`read.py` understands the file and knows no database; `load.py` compares and imports; `write.py` exports.
"""
