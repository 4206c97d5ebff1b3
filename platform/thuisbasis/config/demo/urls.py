"""Addresses that exist in the demo only."""

from django.urls import path

from thuisbasis.config.views import demo_help, demo_mail, demo_mail_html

urlpatterns = [
    path("", demo_help, name="demo_help"),
    path("post/<int:pk>/", demo_mail, name="demo_mail"),
    path("post/<int:pk>/opmaak/", demo_mail_html, name="demo_mail_html"),
]
