"""Django's registration of `accounts`."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `accounts`."""

    name = "radrum.accounts"
    label = "accounts"
