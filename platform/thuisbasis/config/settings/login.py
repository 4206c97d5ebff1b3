"""The one login door: django-allauth and what we decided about it."""

from datetime import timedelta

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "thuisbasis.accounts.passwords.ObviousWordsValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:dashboard"
PASSWORD_RESET_TIMEOUT = 3600
# Idle for eight hours, seven days in all (ASVS 7.3).
SESSION_COOKIE_AGE = 8 * 3600
SESSION_ABSOLUTE_AGE = 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# What a page says once may name somebody: it stays on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "thuisbasis.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "thuisbasis.accounts.forms.ResetPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
# Out-of-band codes live ten minutes at most (ASVS 6.5.5).
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_RATE_LIMITS = {
    # A hundred colleagues may sit behind one address; guesses are counted per account besides.
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
    # Somebody without an account registers for an event: a whole team may sit behind one address.
    "register_for_event": "60/m/ip,10/h/key",
}

MFA_ADAPTER = "thuisbasis.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
# Clocks of phones differ; one step of thirty seconds either way.
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "thuisbasis.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_STORE_TOKENS = False
