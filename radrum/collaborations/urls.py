"""Addresses of collaborations."""

from django.urls import path

from radrum.collaborations import views

app_name = "collaborations"
urlpatterns = [
    path("", views.plans, name="list"),
    path("new/", views.new_plan, name="new"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/import/", views.import_list, name="import"),
    path("agreements/export/", views.export_list, name="export"),
    path("agreements/template/", views.template, name="template"),
    path("agreements/<int:pk>/plan/", views.plan_agreement, name="plan_agreement"),
    path("shared/", views.shared_with_us, name="shared"),
    path("shared/<int:pk>/", views.shared_copy, name="copy"),
    path("<int:pk>/", views.plan_page, name="plan"),
    path("<int:pk>/record/", views.plan_record, name="record"),
    path("<int:pk>/describe/", views.describe_plan, name="describe"),
    path("<int:pk>/assess/", views.assess_plan, name="assess"),
    path("<int:pk>/assess/questions/", views.choose_instrument, name="choose"),
    path("<int:pk>/assess/<slug:group>/", views.assess_group, name="assess_group"),
    path("<int:pk>/hand-in/", views.hand_in_plan, name="hand_in"),
    path("<int:pk>/prepare/", views.prepare_plan, name="prepare"),
    path("<int:pk>/ask/", views.ask_desk, name="ask"),
    path("<int:pk>/lift/", views.lift_plan, name="lift"),
    path("<int:pk>/steer/", views.steer_plan, name="steer"),
    path("<int:pk>/decide/", views.decide_plan, name="decide"),
    path("<int:pk>/share/", views.share_plan, name="share"),
    path("<int:pk>/share/<int:share>/withdraw/", views.withdraw_share, name="withdraw_share"),
    path("<int:pk>/pass-on/", views.pass_on_plan, name="pass_on"),
    path("<int:pk>/partners/<int:partner>/", views.partner_page, name="partner"),
    path("<int:pk>/partners/<int:partner>/compare/", views.compare_partner, name="partner_compare"),
    path("<int:pk>/partners/<int:partner>/who/", views.who_is_meant, name="partner_who"),
    path("<int:pk>/partners/<int:partner>/hits/<int:hit>/", views.judge_partner_hit, name="partner_hit"),
    path("alerts/<int:pk>/read/", views.read_list_alert, name="alert_read"),
    path("<int:pk>/review/", views.review_plan, name="review"),
    path("<int:pk>/follow-ups/", views.move_plan, name="move"),
]
