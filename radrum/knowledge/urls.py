"""Addresses of what everyone may read; `EDITING` is Wagtail's, behind its door."""

from django.urls import path
from wagtail.admin.urls import urlpatterns as wagtails

from radrum.knowledge import views
from radrum.knowledge.door import only_open

app_name = "knowledge"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.page, name="page"),
]
EDITING = list(only_open(wagtails))
