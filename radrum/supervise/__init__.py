"""The demo: one process that holds the embedded database and keeps web and worker running."""


class GaveUp(RuntimeError):
    """The demo cannot go on; the text is a sentence for people."""
