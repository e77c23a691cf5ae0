"""Addresses of looking up."""

from django.urls import path

from radrum.screening import views

app_name = "screening"
urlpatterns = [
    path("", views.look_up, name="look_up"),
    path("lists/", views.lists_page, name="lists"),
    path("person/", views.person, name="person"),
    path("person/<int:pk>/", views.confirm, name="confirm"),
]
