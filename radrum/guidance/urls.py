"""Addresses of the guidelines; with an edition's key they are permanent."""

from django.urls import path

from radrum.guidance import views

app_name = "guidance"
urlpatterns = [
    path("", views.edition_page, name="edition"),
    path("<int:order>/", views.dimension_page, name="dimension"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("edition/<slug:edition>/", views.edition_page, name="edition"),
    path("edition/<slug:edition>/<int:order>/", views.dimension_page, name="dimension"),
]
