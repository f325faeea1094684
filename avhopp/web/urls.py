"""Addresses that belong to no app: the colour theme, health, and information pages."""

from django.urls import path

from avhopp.web import keys, views

urlpatterns = [
    path("tema/", views.set_theme, name="theme"),
    path("halsa/", views.health, name="health"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("nycklar/", keys.index, name="keys"),
    path("nycklar/lage/", keys.progress, name="keys_progress"),
    path("om/", views.about, name="about"),
]
