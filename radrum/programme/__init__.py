"""Figures that show how it goes: count → hide what is small → publish, frozen, a quarter at a time.

`engine.py` hides and measures, `figures.py` counts, `publish.py` is the gate, `chart.py` draws what is
published. Pages read published rows and nothing else.
"""
