"""Addresses of search."""

from django.urls import path

from thuisbasis.search.views import search_page

urlpatterns = [path("zoeken/", search_page, name="search")]
