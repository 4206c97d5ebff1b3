"""Addresses of the portal."""

from django.urls import path

from members.portal.views import dashboard, directory, invitations, joining, mine, practice
from thuisbasis.files.views import serve_file

app_name = "portal"

urlpatterns = [
    path("", dashboard.DashboardView.as_view(), name="dashboard"),
    path("mensen/", directory.PeopleView.as_view(), name="people"),
    path("mensen/<slug:slug>/", directory.PersonView.as_view(), name="person"),
    path("mensen/<slug:slug>/foto/", serve_file, {"kind": "portrait"}, name="portrait"),
    path("profiel/", mine.ProfileView.as_view(), name="profile"),
    path("profiel/wijzigen/", mine.EditProfileView.as_view(), name="edit_profile"),
    path("instellingen/", mine.SettingsView.as_view(), name="settings"),
    path("mijn-gegevens/", mine.MyDataView.as_view(), name="my_data"),
    path("mijn-gegevens/ophalen/", mine.DownloadDataView.as_view(), name="download_data"),
    path("mijn-gegevens/wissen/", mine.EraseView.as_view(), name="erase"),
    path("praktijk/<slug:slug>/", practice.PracticeView.as_view(), name="practice"),
    path("praktijk/<slug:slug>/wijzigen/", practice.EditPracticeView.as_view(), name="edit_practice"),
    path("praktijk/<slug:slug>/werkt-hier-nog/", practice.StillHereView.as_view(), name="still_here"),
    path("praktijk/<slug:slug>/uitnodigen/", invitations.InviteView.as_view(), name="invite"),
    path("praktijk/<slug:slug>/uitnodigen/lijst/", invitations.InviteListView.as_view(), name="invite_list"),
    path(
        "praktijk/<slug:slug>/uitnodigingen/<int:pk>/intrekken/",
        invitations.RevokeView.as_view(),
        name="revoke_invitation",
    ),
    path("praktijk/<slug:slug>/mensen/<slug:person>/rol/", practice.RoleView.as_view(), name="change_role"),
    path("praktijk/<slug:slug>/mensen/<slug:person>/uit-dienst/", practice.LeaveView.as_view(), name="off_board"),
    path("uitnodiging/<str:token>/", joining.InvitationView.as_view(), name="invitation"),
    path("uitnodiging/<str:token>/code/", joining.CodeView.as_view(), name="invitation_code"),
    path("uitnodiging/<str:token>/account/", joining.AccountView.as_view(), name="invitation_account"),
]
