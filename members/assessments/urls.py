"""Addresses of the self-assessment."""

from django.urls import path

from members.assessments.views import agreeing, answering, finishing, improving, logging, reporting, reviewing, team
from thuisbasis.files.views import serve_file

app_name = "assessments"

# An assessment, a form of a rater and a review of somebody from elsewhere, each by a key that nobody guesses.
ONE = "zelfevaluatie/<uuid:key>/"
FORM = "zelfevaluatie/formulier/<uuid:key>/"
REVIEW = "zelfevaluatie/meekijken/<uuid:key>/"

urlpatterns = [
    path("zelfevaluatie/", team.OverviewView.as_view(), name="overview"),
    path("zelfevaluatie/netwerk/", reporting.NetworkView.as_view(), name="network"),
    path("zelfevaluatie/beginnen/<int:pk>/<slug:practice>/", team.StartView.as_view(), name="start"),
    path("zelfevaluatie/acties/<uuid:action>/", improving.ActionView.as_view(), name="action"),
    path(FORM, answering.ResponseView.as_view(), name="response"),
    path(f"{FORM}bewaren/", answering.SaveAnswerView.as_view(), name="save_answer"),
    path(f"{FORM}inleveren/", answering.SubmitView.as_view(), name="submit"),
    path(f"{FORM}terugnemen/", answering.SubmitView.as_view(takes_back=True), name="take_back"),
    path(f"{FORM}<str:section>/", answering.AnswerView.as_view(), name="answer"),
    path(REVIEW, reviewing.ReviewView.as_view(), name="review"),
    path(f"{REVIEW}bewaren/", reviewing.SaveRatingView.as_view(), name="save_rating"),
    path(f"{REVIEW}delen/", reviewing.DecideReviewView.as_view(), name="share_review"),
    path(f"{REVIEW}<str:section>/", reviewing.RateView.as_view(), name="rate"),
    path(ONE, team.AssessmentView.as_view(), name="assessment"),
    path(f"{ONE}praktijk/", team.ChangeProfileView.as_view(), name="profile"),
    path(f"{ONE}beoordelaars/", team.RatersView.as_view(), name="raters"),
    path(f"{ONE}meedoen/", team.JoinView.as_view(), name="join"),
    path(f"{ONE}van-papier/", team.JoinView.as_view(is_on_paper=True), name="join_on_paper"),
    path(f"{ONE}herinneren/", team.RemindView.as_view(), name="remind"),
    path(f"{ONE}logboek/", logging.LogView.as_view(), name="log"),
    path(f"{ONE}formulier.pdf", reporting.PaperFormView.as_view(), name="paper"),
    path(f"{ONE}gesprek/", finishing.BeginConversationView.as_view(), name="begin_conversation"),
    path(f"{ONE}stap-terug/", finishing.BackView.as_view(), name="step_back"),
    path(f"{ONE}afronden/", finishing.FinishView.as_view(), name="finish"),
    path(f"{ONE}heropenen/", finishing.ReopenView.as_view(), name="reopen"),
    path(f"{ONE}meetellen/", finishing.SharingView.as_view(), name="sharing"),
    path(f"{ONE}afspreken/bewaren/", agreeing.SaveConsensusView.as_view(), name="save_consensus"),
    path(f"{ONE}afspreken/<str:section>/", agreeing.AgreeView.as_view(), name="agree"),
    path(f"{ONE}meekijker/", reviewing.AskReviewerView.as_view(), name="ask_reviewer"),
    path(f"{ONE}meekijker/intrekken/", reviewing.CallOffReviewView.as_view(), name="call_off_review"),
    path(f"{ONE}bewijs/<str:item>/", improving.EvidenceView.as_view(), name="evidence"),
    path(f"{ONE}bewijs/<uuid:evidence>/weg/", improving.RemoveEvidenceView.as_view(), name="remove_evidence"),
    path("zelfevaluatie/bewijs/<uuid:key>/bestand/", serve_file, {"kind": "evidence"}, name="evidence_file"),
    path(f"{ONE}acties/nieuw/", improving.AddActionView.as_view(), name="add_action"),
    path(f"{ONE}rapport/", reporting.ReportView.as_view(), name="report"),
    path(f"{ONE}rapport.pdf", reporting.ReportPdfView.as_view(), name="report_pdf"),
    path(f"{ONE}rapport.csv", reporting.ReportCsvView.as_view(), name="report_csv"),
    path(f"{ONE}meedenken/", reporting.OffersView.as_view(), name="offers"),
]
