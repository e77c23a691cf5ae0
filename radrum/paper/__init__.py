"""Sets plain values as an accessible document to print and hand over (PDF/UA-1); knows no other package.

`compose.py` takes a `Paper` and gives the file; how it looks stands in `paper.typ`, one template for all.
"""
