"""Addresses of people and roles. My room is put together in `radrum/room.py`, from all packages."""

from django.urls import path

from radrum.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("act/", views.act, name="act"),
    path("keep/", views.keep_draft, name="keep"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite_person, name="invite"),
    path("people/invitation/<int:pk>/withdraw/", views.withdraw_invitation, name="withdraw"),
    path("people/<int:pk>/", views.person_page, name="person"),
    path("people/role/<int:pk>/end/", views.end_membership, name="end"),
    path("people/role/<int:pk>/substitute/", views.substitute, name="substitute"),
    path("people/absence/<int:pk>/back/", views.back_again, name="back"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
