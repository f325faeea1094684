"""The addresses of those who review the record."""

from django.urls import path

from audit.views import access, checkpoint, decoys, judging, report, review, search

app_name = "audit"
urlpatterns = [
    path("", search.log, name="log"),
    path("traffar.xlsx", search.log_xlsx, name="log_xlsx"),
    path("traffar.ods", search.log_ods, name="log_ods"),
    path("traffar.csv", search.log_csv, name="log_csv"),
    path("nar/", search.when, name="log_when"),
    path("vem-kunde-se/", access.then, name="access_then"),
    path("<uuid:leaf>/", search.leaf, name="leaf"),
    path("kontrollpunkt/", checkpoint.sheet, name="checkpoint"),
    path("kontrollpunkt/fil/", checkpoint.file, name="checkpoint_file"),
    path("lockarenden/", decoys.overview, name="decoys"),
    path("lockarenden/<uuid:decoy>/besluta/", decoys.decide, name="decoy_decide"),
    path("lockarenden/<uuid:decoy>/avsluta/", decoys.end, name="decoy_end"),
    path("lockarenden/larm/<uuid:alert>/", decoys.alert, name="decoy_alert"),
    path("kontroll/", review.overview, name="review"),
    path("kontroll/dra/", review.draw, name="review_draw"),
    path("kontroll/rapport/<int:year>/", report.year, name="review_report"),
    path("kontroll/<uuid:review>/", review.month, name="review_month"),
    path("kontroll/<uuid:review>/signera/", review.sign, name="review_sign"),
    path("kontroll/del/<uuid:item>/", judging.item, name="review_item"),
    path("kontroll/del/<uuid:item>/uppfoljning/", judging.follow_up, name="review_follow_up"),
]
