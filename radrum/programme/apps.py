"""Django's registration of `programme`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `programme`."""

    name = "radrum.programme"
    label = "programme"
