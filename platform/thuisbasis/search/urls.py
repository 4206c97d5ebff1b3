"""Addresses of search."""

from django.urls import path

from thuisbasis.search import views

urlpatterns = [
    path("zoeken/", views.search_page, name="search"),
    path("zoeken/suggesties/", views.suggest, name="search_suggestions"),
    path("zoeken/niets-gevonden/", views.nothing_found, name="search_miss"),
    path("zoeken/bewaard/", views.SavedSearchesView.as_view(), name="saved_searches"),
    path("zoeken/bewaard/<int:pk>/weg/", views.ForgetSearchView.as_view(), name="forget_search"),
]
