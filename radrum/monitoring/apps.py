"""Django's registration of `monitoring`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `monitoring`."""

    name = "radrum.monitoring"
    label = "monitoring"
