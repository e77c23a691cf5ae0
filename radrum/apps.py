"""Django's registration of the composition root: templates, static files, commands."""

from django.apps import AppConfig


class Config(AppConfig):
    """The project itself."""

    name = "radrum"
    label = "radrum"
