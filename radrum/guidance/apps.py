"""Django's registration of `guidance`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `guidance`."""

    name = "radrum.guidance"
    label = "guidance"
