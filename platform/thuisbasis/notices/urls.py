"""Addresses of the notices."""

from django.urls import path

from thuisbasis.notices.views import inbox_page, unsubscribe

urlpatterns = [
    path("leden/voor-jou/", inbox_page, name="inbox"),
    path("afmelden/<str:token>/", unsubscribe, name="unsubscribe"),
]
