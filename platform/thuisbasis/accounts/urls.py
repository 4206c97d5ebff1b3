"""The one login door, with allauth's own views under Dutch addresses."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path, re_path

urlpatterns = [
    path("inloggen/", views.login, name="account_login"),
    path("inloggen/code/", views.request_login_code, name="account_request_login_code"),
    path("inloggen/code/invullen/", views.confirm_login_code, name="account_confirm_login_code"),
    path("inloggen/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("inloggen/vertrouwen/", mfa.trust, name="mfa_trust"),
    path("inloggen/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("inloggen/organisatie/<str:provider_id>/", openid.login, name="openid_connect_login"),
    path("inloggen/organisatie/<str:provider_id>/terug/", openid.callback, name="openid_connect_callback"),
    path("inloggen/organisatie-afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("inloggen/organisatie-mislukt/", social.login_error, name="socialaccount_login_error"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("inactief/", views.account_inactive, name="account_inactive"),
    path("bevestig-jezelf/", views.reauthenticate, name="account_reauthenticate"),
    path("bevestig-jezelf/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bevestig-jezelf/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("wachtwoord/wijzigen/", views.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", views.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", views.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/gelukt/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("tweede-stap/", mfa.index, name="mfa_index"),
    path("tweede-stap/app/aanzetten/", totp.activate_totp, name="mfa_activate_totp"),
    path("tweede-stap/app/uitzetten/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/herstelcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tweede-stap/herstelcodes/nieuw/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tweede-stap/herstelcodes/bewaren/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("tweede-stap/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("tweede-stap/passkeys/toevoegen/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("tweede-stap/passkeys/<int:pk>/weghalen/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("tweede-stap/passkeys/<int:pk>/wijzigen/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("apparaten/", sessions.list_usersessions, name="usersessions_list"),
    path("organisatie/", social.connections, name="socialaccount_connections"),
    # allauth names these pages in its own redirects; the closed adapters answer them with "closed".
    path("uitnodiging/", views.signup, name="account_signup"),
    path("uitnodiging/organisatie/", social.signup, name="socialaccount_signup"),
]
