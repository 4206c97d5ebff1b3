"""Addresses of the exchange."""

from django.urls import path

from members.exchange.views import announcements, proposals, questions, stewarding

app_name = "exchange"

urlpatterns = [
    path("vragen/", questions.QuestionsView.as_view(), name="questions"),
    path("vragen/stellen/", questions.AskView.as_view(), name="ask"),
    path("vragen/eerder-gevraagd/", questions.SimilarView.as_view(), name="similar"),
    path("vragen/waar-kun-jij-bij-helpen/", questions.ExpertiseView.as_view(), name="expertise"),
    path("vragen/<slug:slug>/", questions.QuestionView.as_view(), name="question"),
    path("vragen/<slug:slug>/dit-hielp/<int:pk>/", questions.AcceptView.as_view(), name="accept"),
    path("meldingen/", stewarding.ReportsView.as_view(), name="reports"),
    path("meldingen/<slug:kind>/<int:pk>/", stewarding.ReportView.as_view(), name="report"),
    path("meldingen/<slug:kind>/<int:pk>/verbergen/", stewarding.HideView.as_view(), name="hide"),
    path("meldingen/<slug:kind>/<int:pk>/terugzetten/", stewarding.ShowView.as_view(), name="show"),
    path("stuurgroep/", announcements.AnnouncementsView.as_view(), name="announcements"),
    path("stuurgroep/nieuw/", announcements.AnnounceView.as_view(), name="announce"),
    path("stuurgroep/<slug:slug>/", announcements.AnnouncementView.as_view(), name="announcement"),
    path("voorstellen/", proposals.ProposalsView.as_view(), name="proposals"),
    path("voorstellen/nieuw/", proposals.ProposeView.as_view(), name="propose"),
    path("voorstellen/<uuid:key>/", proposals.ProposalView.as_view(), name="proposal"),
    path("voorstellen/<uuid:key>/aanpassen/", proposals.ReviseView.as_view(), name="revise"),
]
