"""The way in for a web server: `granian --interface wsgi radrum.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "radrum.settings")
application = get_wsgi_application()
