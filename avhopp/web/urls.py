"""Addresses that belong to no app: the colour theme, health, and information pages."""

from django.urls import path

from avhopp.web import views

urlpatterns = [
    path("tema/", views.set_theme, name="theme"),
    path("halsa/", views.health, name="health"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("om/", views.about, name="about"),
]
