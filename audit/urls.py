"""The addresses of those who review the record."""

from django.urls import path

from audit.views import checkpoint, judging, review, search

app_name = "audit"
urlpatterns = [
    path("", search.log, name="log"),
    path("<uuid:leaf>/", search.leaf, name="leaf"),
    path("kontrollpunkt/", checkpoint.sheet, name="checkpoint"),
    path("kontrollpunkt/fil/", checkpoint.file, name="checkpoint_file"),
    path("kontroll/", review.overview, name="review"),
    path("kontroll/dra/", review.draw, name="review_draw"),
    path("kontroll/<uuid:review>/", review.month, name="review_month"),
    path("kontroll/<uuid:review>/signera/", review.sign, name="review_sign"),
    path("kontroll/del/<uuid:item>/", judging.item, name="review_item"),
    path("kontroll/del/<uuid:item>/uppfoljning/", judging.follow_up, name="review_follow_up"),
]
