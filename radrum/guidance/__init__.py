"""The national guidelines as editions of aspects, the instruments that ask, the engine that weighs answers.

`load.py` puts an edition in force and `enact.py` instruments, `engine.py` weighs, `wording.py` looks for what
must not be written.
"""
