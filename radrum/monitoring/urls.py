"""Addresses of what's new; the page and its feed are open."""

from django.urls import path

from radrum.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("", views.news, name="news"),
    path("feed.atom", views.atom, name="feed"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.judge, name="judge"),
    path("inbox/<int:pk>/dismiss/", views.dismiss_item, name="dismiss"),
    path("sources/new/", views.follow_source, name="follow"),
    path("sources/<int:pk>/", views.source, name="source"),
    path("<int:pk>/withdraw/", views.withdraw_news, name="withdraw"),
]
