"""Addresses of the calendar; looking is open, coming and arranging are not."""

from django.urls import path

from radrum.community import views

app_name = "community"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("calendar.ics", views.feed, name="feed"),
    path("new/", views.new_event, name="new"),
    path("<int:pk>/", views.event_page, name="event"),
    path("<int:pk>/event.ics", views.event_file, name="ics"),
    path("<int:pk>/register/", views.register_for, name="register"),
    path("<int:pk>/withdraw/", views.withdraw_from, name="withdraw"),
    path("<int:pk>/edit/", views.edit_event, name="edit"),
    path("<int:pk>/cancel/", views.cancel_event, name="cancel"),
]
