"""Django's registration of `screening`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `screening`."""

    name = "radrum.screening"
    label = "screening"
