"""The follow-up's addresses."""

from django.urls import path

from followup import views

app_name = "followup"
urlpatterns = [path("", views.start, name="start")]
