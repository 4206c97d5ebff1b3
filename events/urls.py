"""Addresses of the agenda that are not pages of the site."""

from django.urls import path, re_path

from events.feeds import date_calendar, personal_feed
from events.views import door, holding, mine, organising, proving, registering, writing

# Calendar programs know no languages.
site_patterns = [path("agenda-koppeling/<str:token>.ics", personal_feed, name="calendar_feed")]

app_name = "events"
DATE = "bijeenkomst/<uuid:key>/"
RUN = f"{DATE}beheer/"
HELD = "inschrijving/<str:access>/"

urlpatterns = [
    path(f"{DATE}agenda.ics", date_calendar, name="calendar"),
    path(f"{DATE}inschrijven/", registering.RegisterView.as_view(), name="register"),
    path(HELD, holding.HoldingView.as_view(), name="registration"),
    path(f"{HELD}aannemen/", holding.AcceptView.as_view(), name="accept"),
    path(f"{HELD}afmelden/", holding.EndView.as_view(), name="end"),
    path(f"{HELD}overdragen/", holding.TransferView.as_view(), name="transfer"),
    path(f"{HELD}antwoorden/", holding.AnswersView.as_view(), name="answers"),
    path(f"{HELD}kaartje.svg", holding.TicketView.as_view(), name="ticket"),
    path(f"{HELD}agenda.ics", holding.OwnCalendarView.as_view(), name="own_calendar"),
    path(f"{HELD}deelnemen/", holding.JoinView.as_view(), name="join"),
    path(f"{HELD}deelnemen/binnen/", holding.EnterView.as_view(), name="enter"),
    path(f"{HELD}bewijs/", holding.CertificateView.as_view(), name="certificate"),
    path("bewijs/<str:code>/", proving.verify, name="verify"),
    path("leden/agenda/", mine.MineView.as_view(), name="mine"),
    path("leden/agenda/koppelen/", mine.FeedsView.as_view(), name="feeds"),
    path("leden/agenda/koppelen/<int:pk>/weg/", mine.CloseFeedView.as_view(), name="close_feed"),
    path("leden/agenda/data/<int:pk>/", organising.DatesView.as_view(), name="dates"),
    path(RUN, organising.SeatsView.as_view(), name="seats"),
    path(f"{RUN}wijzigen/", organising.ChangeView.as_view(), name="change"),
    path(f"{RUN}afgelasten/", organising.CancelView.as_view(), name="cancel"),
    path(f"{RUN}mail/", writing.MailView.as_view(), name="mail"),
    path(f"{RUN}bestanden/", writing.MaterialView.as_view(), name="material"),
    path(f"{RUN}bestanden/<int:pk>/weg/", writing.RemoveMaterialView.as_view(), name="remove_material"),
    path(f"{RUN}terugblik/", writing.RecapView.as_view(), name="recap"),
    re_path(
        r"^bijeenkomst/(?P<key>[0-9a-f-]{36})/beheer/deelnemers\.(?P<form>xlsx|csv)$",
        organising.ParticipantsFileView.as_view(),
        name="participants_file",
    ),
    path(f"{RUN}<uuid:registration>/wachtlijst/", organising.QueueView.as_view(), name="queue"),
    path(f"{RUN}<uuid:registration>/plek/", organising.GiveSeatView.as_view(), name="give_seat"),
    path(f"{RUN}<uuid:registration>/afmelden/", organising.RemoveView.as_view(), name="remove"),
    path(f"{DATE}binnen/", door.DoorView.as_view(), name="door"),
    path(f"{DATE}binnen/bijwerken/", door.SyncView.as_view(), name="sync"),
    path(f"{DATE}binnen/<uuid:registration>/terug/", door.UndoView.as_view(), name="undo"),
]
