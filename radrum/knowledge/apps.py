"""Django's registration of `knowledge`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `knowledge`."""

    name = "radrum.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
