"""The demo's invented people and collaborations, in the bench's own database."""

from django.conf import settings
from django.test import Client

from radrum import story
from radrum.accounts.models import User


def tell() -> None:
    """Load the story."""
    settings.DEMO = settings.RELAX_TOTP = True
    story.tell()


def client(email: str = "") -> Client:
    """A browser, signed in as that person."""
    made = Client(HTTP_HOST="localhost")
    if email:
        made.force_login(User.objects.get(email=email))
    return made
