"""Django's registration of `community`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `community`."""

    name = "radrum.community"
    label = "community"
