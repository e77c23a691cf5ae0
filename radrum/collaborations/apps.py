"""Django's registration of `collaborations`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `collaborations`."""

    name = "radrum.collaborations"
    label = "collaborations"
