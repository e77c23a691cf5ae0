"""Addresses of the desk and of the agencies' experts; what each shows is decided by `policy`.

An asker's question has the same address as at the desk. An agency's addresses say nothing of the case, and
nobody can count from them.
"""

from django.urls import path

from radrum.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("closed/", views.closed, name="closed"),
    path("<int:pk>/", views.case_page, name="case"),
    path("<int:pk>/triage/", views.triage_case, name="triage"),
    path("<int:pk>/attach/", views.attach_files, name="attach"),
    path("attachment/<slug:address>/", views.attachment, name="attachment"),
    path("<int:pk>/consult/", views.consult_agency, name="consult"),
    path("<int:pk>/draft/", views.draft_statement, name="draft"),
    path("<int:pk>/statement/", views.statement, name="statement"),
    path("<int:pk>/answer/", views.answer_case, name="answer"),
    path("<int:pk>/anonymise/", views.anonymise_case, name="anonymise"),
    path("consultation/<slug:address>/", views.consultation_at_desk, name="consultation"),
    path("consultation/<slug:address>/withdraw/", views.withdraw, name="withdraw"),
]

agency = [
    path("", views.consultations, name="list"),
    path("attachment/<slug:address>/", views.attachment_for_agency, name="attachment"),
    path("<slug:address>/", views.consultation, name="one"),
    path("<slug:address>/attach/", views.attach_to_consultation, name="attach"),
]
