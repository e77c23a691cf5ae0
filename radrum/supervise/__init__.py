"""The demo: one process that holds the embedded database and keeps web and worker running."""


class GaveUp(RuntimeError):  # noqa: N818  (house style: an exception says what is wrong)
    """The demo cannot go on; the text is a sentence for people."""
