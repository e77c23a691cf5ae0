"""Addresses of the desk. An asker's question has the same address; what it shows is decided by `policy`."""

from django.urls import path

from radrum.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("closed/", views.closed, name="closed"),
    path("<int:pk>/", views.case_page, name="case"),
    path("<int:pk>/triage/", views.triage_case, name="triage"),
    path("<int:pk>/answer/", views.answer_case, name="answer"),
]
