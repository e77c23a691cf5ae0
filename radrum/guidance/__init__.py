"""The national guidelines as editions of aspects and prompts, and the engine that weighs answers.

`load.py` puts an edition in force, `engine.py` weighs, `wording.py` looks for what must not be written.
"""
