"""The addresses under /konto/. allauth's names are kept for its pages; sign-up and mail have none."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from avhopp.accounts.views import administration, factors, own, signing_in

administered = [
    path("", administration.accounts, name="list"),
    path("nytt/", administration.new, name="new"),
    path("att-godkanna/", administration.requests, name="requests"),
    path("att-godkanna/<uuid:waiting>/", administration.decide, name="request_decide"),
    path("<uuid:account>/", administration.account, name="account"),
    path("<uuid:account>/stang/", administration.close, name="close"),
    path("<uuid:account>/oppna/", administration.reopen, name="reopen"),
    path("<uuid:account>/roll/", administration.role, name="role"),
    path("<uuid:account>/enhet/", administration.unit, name="unit"),
    path("<uuid:account>/behorighet/", administration.authorise, name="authorise"),
    path("<uuid:account>/behorighet/avsluta/", administration.end_authorisation, name="end_authorisation"),
    path("<uuid:account>/avsluta/", administration.end_sittings, name="end_sittings"),
    path("<uuid:account>/lank/", administration.link, name="link"),
]
ours: list[URLPattern | URLResolver] = [
    path("hantera/", include(administered)),
    path("andra-faktor/", factors.choose, name="second_factor"),
    path("inloggningar/", own.sittings, name="sessions"),
    path("inloggningar/avsluta/", own.end_all, name="end_all"),
    path("inloggningar/<int:sitting>/avsluta/", own.end_sitting, name="end_sitting"),
    path("bekrafta/klart/", own.confirmed, name="confirmed"),
    path("kvar/", own.stay, name="stay"),
    path("utloggad/", signing_in.ended, name="ended"),
    path("lank/<str:token>/", own.one_time_link, name="one_time_link"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("logga-ut/", signing_in.sign_out, name="account_logout"),
    path("bekrafta/losenord/", signing_in.confirm_by_password, name="account_reauthenticate"),
    path("bekrafta/kod/", signing_in.confirm_by_code, name="mfa_reauthenticate"),
    path("bekrafta/nyckel/", signing_in.confirm_by_key, name="mfa_reauthenticate_webauthn"),
    path("losenord/", own.change_password, name="account_change_password"),
    path("saker-inloggning/", factors.overview, name="mfa_index"),
    path("saker-inloggning/nycklar/", factors.keys, name="mfa_list_webauthn"),
    path("saker-inloggning/nycklar/ny/", factors.new_key, name="mfa_add_webauthn"),
    path("saker-inloggning/nycklar/<int:pk>/namn/", factors.rename_key, name="mfa_edit_webauthn"),
    path("saker-inloggning/nycklar/<int:pk>/ta-bort/", factors.remove_key, name="mfa_remove_webauthn"),
    path("saker-inloggning/app/ny/", factors.new_app, name="mfa_activate_totp"),
    path("saker-inloggning/app/ta-bort/", factors.remove_app, name="mfa_deactivate_totp"),
    path("saker-inloggning/reservkoder/", factors.see_codes, name="mfa_view_recovery_codes"),
    path("saker-inloggning/reservkoder/nya/", factors.new_codes, name="mfa_generate_recovery_codes"),
    path("saker-inloggning/reservkoder/fil/", factors.download_codes, name="mfa_download_recovery_codes"),
    path("logga-in/andra-faktor/", signing_in.second_step, name="mfa_authenticate"),
    path("logga-in/nyckel/", signing_in.passkey_sign_in, name="mfa_login_webauthn"),
]

if settings.DEMO:
    from avhopp.accounts import demo_signin

    ours.append(path("byt-kollega/", demo_signin.choose, name="choose"))
    ours.append(path("bekrafta/demo/", demo_signin.confirm, name="demo_confirm"))
    ours.append(path("logga-in/losenord/", signing_in.sign_in, name="password_sign_in"))
    urlpatterns.append(path("logga-in/", demo_signin.choose, name="account_login"))
else:
    urlpatterns.append(path("logga-in/", signing_in.sign_in, name="account_login"))

urlpatterns.append(path("", include((ours, "accounts"))))
