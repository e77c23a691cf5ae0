"""Addresses of the guidelines; with an edition's key they are permanent."""

from django.urls import path

from radrum.guidance import views

app_name = "guidance"
urlpatterns = [
    path("", views.edition_page, name="edition"),
    path("catalogue/", views.catalogue_page, name="catalogue"),
    path("catalogue/<slug:kind>/", views.catalogue_page, name="catalogue"),
    path("questions/", views.instruments_page, name="instruments"),
    path("questions/<slug:key>/<str:version>/", views.instrument_page, name="instrument"),
    path("<int:order>/", views.dimension_page, name="dimension"),
    path("edition/<slug:edition>/", views.edition_page, name="edition"),
    path("edition/<slug:edition>/<int:order>/", views.dimension_page, name="dimension"),
]
