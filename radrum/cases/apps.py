"""Django's registration of `cases`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `cases`."""

    name = "radrum.cases"
    label = "cases"
