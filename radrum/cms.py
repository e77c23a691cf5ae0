"""What Wagtail is told; `settings.py` takes it over whole: which apps there are, and what is switched off.

No images, documents, snippets, redirects, forms or public API: each would be one more place for a file or a
row to be seen. ADR 19.
"""

from django.utils.translation import gettext_lazy as _

WAGTAIL_APPS = [
    "wagtail.users",  # holds an editor's own choices (language, theme); its pages about people are closed
    "wagtail.search",  # the editors' own search among pages
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
WAGTAIL_BACKEND = "radrum.knowledge.door.Editors"  # answers what an editor may do
WAGTAIL_SITE_NAME = "rådrum"
WAGTAIL_CONTENT_LANGUAGES = [("sv", _("Swedish"))]  # both languages stand in one page
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
WAGTAILADMIN_BASE_URL = ""  # Wagtail sends no mail here
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_WORKFLOW_ENABLED = False  # the second person is the rule itself, see knowledge/policy.py
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
