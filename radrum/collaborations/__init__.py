"""An institution's work: describe → assess → hand in → prepare → ask → decide → review.

Each step is a module with that name. `ask.py` is the gate to the national desk: what is chosen leaves as a
frozen copy, the rest stays at home.
"""
