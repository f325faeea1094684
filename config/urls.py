"""The addresses. Django's admin site is not among them, and never shall be."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("cases.urls")),
    path("konto/", include("avhopp.accounts.urls")),
    path("logg/", include("audit.urls")),
    path("uppfoljning/", include("followup.urls")),
    path("", include("avhopp.web.urls")),
]

handler400 = "avhopp.web.errors.bad_request"
handler403 = "avhopp.web.errors.permission_denied"
handler404 = "avhopp.web.errors.not_found"
handler429 = "avhopp.accounts.lockout.respond"
handler500 = "avhopp.web.errors.server_error"
