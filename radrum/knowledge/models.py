"""Pages with both languages side by side. Public once published; until then only editors see them.

The tree, the revisions and the drafts are Wagtail's; the fields and the addresses are ours.
"""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

A_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})  # Wagtail's own needs a script in the page
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]  # no pictures, documents or embeds


SWEDISH_TITLE = TitleFieldPanel("title", heading=_("Title in Swedish"), help_text=_("As readers see it."))


def side_by_side(name: str) -> FieldRowPanel:
    """Swedish to the left, English to the right."""
    return FieldRowPanel([FieldPanel(f"{name}_sv"), FieldPanel(f"{name}_en")])


class Ours(models.Model):
    """What the layers above say of a page. Until `wagtail_hooks.py` has said it, nobody may do anything."""

    tester: ClassVar[Any] = None  # policy.Permissions
    drawn: ClassVar[Any] = None  # views.preview

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> Any:
        """What this person may do with this page."""
        if self.tester is None:
            raise PermissionDenied
        return type(self).tester(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """What an editor is writing. What the public reads comes from `views.py`, through the policy."""
        if self.drawn is None:
            raise PermissionDenied
        seen: HttpResponse = type(self).drawn(request, self)
        return seen

    def get_full_url(self, request: Any = None) -> str:
        """Our own address, for Wagtail's buttons; Wagtail serves nothing."""
        return str(self.get_url())  # type: ignore[attr-defined]


class Home(Ours, Page):
    """The top of the tree; its page is the list of everything."""

    subpage_types: ClassVar = [
        "knowledge.CaseStudy",
        "knowledge.FaqEntry",
        "knowledge.Article",
        "knowledge.News",
    ]
    parent_page_types: ClassVar[list[str]] = []
    max_count = 1

    class Meta:
        verbose_name = _("start of the knowledge pages")

    def __str__(self) -> str:
        return str(self.title)

    def get_url(self, request: Any = None, current_site: Any = None) -> str:
        """Our own address; Wagtail serves nothing."""
        return reverse("knowledge:index")


class KnowledgePage(Ours, Page):
    """What every kind of page holds. The Swedish title is Wagtail's own."""

    title_en = models.CharField(_("Title in English"), max_length=255, blank=True)
    lead_sv = models.TextField(_("In short, Swedish"), blank=True, max_length=600)
    lead_en = models.TextField(_("In short, English"), blank=True, max_length=600)
    body_sv = RichTextField(_("Text in Swedish"), features=FEATURES)
    body_en = RichTextField(_("Text in English"), features=FEATURES, blank=True)
    aspects = models.CharField(
        _("Aspects of the guidelines"),
        max_length=200,
        blank=True,
        help_text=_("Numbers with a comma between them, for example 1.2, 4.3."),
    )
    sources = models.TextField(
        _("Sources"), blank=True, help_text=_("One a line: what it is, and its date or address.")
    )
    review_by = models.DateField(
        _("Look through again by"),
        null=True,
        blank=True,
        help_text=_("The day when somebody asks: is this still true?"),
    )
    exercise = models.BooleanField(_("An exercise: everything in it is invented"), default=False)
    unverified = models.BooleanField(_("Something in it could not be verified"), default=False)

    is_creatable = False
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar = ["knowledge.Home"]
    show_in_menus_default = False
    content_panels: ClassVar = [
        FieldRowPanel([SWEDISH_TITLE, FieldPanel("title_en")]),
        side_by_side("lead"),
        side_by_side("body"),
        MultiFieldPanel(
            [
                FieldPanel("aspects"),
                FieldPanel("sources"),
                FieldPanel("review_by", widget=A_DAY),
                FieldPanel("exercise"),
                FieldPanel("unverified"),
                FieldPanel("slug", help_text=_("The end of the page’s address.")),
            ],
            heading=_("What it touches, and how sure it is"),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = []  # the address stands with the rest
    settings_panels: ClassVar[list[Any]] = []  # publishing at a set time comes later

    def __str__(self) -> str:
        return str(self.title)

    @property
    def kind(self) -> str:
        """The kind in words."""
        return str(self.specific_class._meta.verbose_name)

    def in_language(self, name: str, language: str = "") -> tuple[str, str]:
        """The text of `title`, `lead` or `body`, and its language: Swedish where English is missing."""
        swedish = self.title if name == "title" else getattr(self, f"{name}_sv")
        wanted = (language or get_language() or "sv")[:2]
        english = getattr(self, f"{name}_en")
        return (english, "en") if wanted != "sv" and english else (swedish, "sv")

    @property
    def aspect_numbers(self) -> list[str]:
        """`["1.2", "4.3"]`."""
        return [number for word in self.aspects.split(",") if (number := word.strip().removeprefix("D"))]

    def get_url(self, request: Any = None, current_site: Any = None) -> str:
        """Our own address; Wagtail serves nothing."""
        return reverse("knowledge:page", args=[self.slug])


class CaseStudy(KnowledgePage):
    """What others can learn from a case, told so that nobody is pointed out."""

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")


class FaqEntry(KnowledgePage):
    """A question that many ask, and the answer."""

    class Meta:
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")


class Article(KnowledgePage):
    """A text that explains something."""

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class News(KnowledgePage):
    """Something that has happened."""

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
