"""Django's registration of `core`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `core`."""

    name = "radrum.core"
    label = "core"
