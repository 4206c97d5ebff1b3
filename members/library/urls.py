"""Addresses of the library."""

from django.urls import path

from members.library.views import care, changing, document, listing, reviewing, sharing
from thuisbasis.files.views import serve_file

app_name = "library"
KIND = {"kind": "library"}

urlpatterns = [
    path("documenten/", listing.DocumentsView.as_view(), name="documents"),
    path("documenten/delen/", sharing.UploadView.as_view(), name="upload"),
    path("documenten/delen/delen-van-een-bestand/", sharing.PartsView.as_view(), name="parts"),
    path("documenten/delen/delen-van-een-bestand/<uuid:upload>/", sharing.PartsView.as_view(), name="part"),
    path("documenten/delen/wie/", sharing.ShareView.as_view(), name="share"),
    path("documenten/delen/<uuid:key>/weggooien/", sharing.DropDraftView.as_view(), name="drop_draft"),
    path("documenten/<uuid:key>/", document.DocumentView.as_view(), name="document"),
    path("documenten/<uuid:key>/bestand/", serve_file, KIND, name="file"),
    path("documenten/<uuid:key>/versies/<int:number>/bestand/", serve_file, KIND, name="version_file"),
    path("documenten/<uuid:key>/wijzigen/", changing.ChangeView.as_view(), name="change"),
    path("documenten/<uuid:key>/nieuwe-versie/", changing.NewVersionView.as_view(), name="new_version"),
    path("documenten/<uuid:key>/versies/<int:number>/terugzetten/", changing.RestoreView.as_view(), name="restore"),
    path(
        "documenten/<uuid:key>/versies/<int:number>/geen-bewoner/",
        changing.AcceptTracesView.as_view(),
        name="accept_traces",
    ),
    path("documenten/<uuid:key>/meekijken/", reviewing.AskReviewView.as_view(), name="ask_review"),
    path("documenten/<uuid:key>/antwoorden/", reviewing.AnswerReviewView.as_view(), name="answer_review"),
    path("documenten/<uuid:key>/opgehaald/", reviewing.DownloadsView.as_view(), name="downloads"),
    path("documenten/<uuid:key>/weghalen/", changing.WithdrawView.as_view(), name="withdraw"),
    path("praktijk/<slug:slug>/documenten/", care.CareView.as_view(), name="care"),
]
