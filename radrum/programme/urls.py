"""Addresses of the figures; all but publishing are open."""

from django.urls import path

from radrum.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("figures.csv", views.as_csv, name="csv"),
    path("figures.json", views.as_json, name="json"),
    path("chart/<slug:name>/<slug:language>/<slug:scheme>.svg", views.chart_picture, name="chart"),
    path("publish/", views.publish_figures, name="publish"),
]
