"""An event: what it is about, for whom, and what is asked of whoever comes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from events.models.occurrence import Occurrence
from events.models.showing import dates_for
from events.policies import RegistrationFor, ReminderKind, may_organise, may_register
from knowledge.models import KnowledgePage
from thuisbasis.base.components import FactList


class EventKind(models.TextChoices):
    """Which sort of event."""

    NETWORK_DAY = "network_day", _("Netwerkdag")
    TRAINING = "training", _("Training")
    TALK_SHOW = "talk_show", _("Talkshow")
    MEETING = "meeting", _("Overleg")
    LECTURE = "lecture", _("Lezing of webinar")
    VISIT = "visit", _("Werkbezoek")


class Whereabouts(models.TextChoices):
    """Where people come together."""

    ON_SITE = "on_site", _("Op locatie")
    ONLINE = "online", _("Online")
    BOTH = "both", _("Op locatie en online")


class DatesPanel(HelpPanel):
    """Leads from the text of an event to its dates and seats."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template": "events/admin/dates.html", "heading": _("Data en plekken"), **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel for one event."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the dates; an event that was never saved has none yet."""
            event = self.instance
            dates = list(event.occurrences.order_by("starts_at")) if event.pk else []
            return {**super().get_context_data(parent_context), "event": event, "dates": dates}


class EventPage(KnowledgePage):
    """An event with one or more dates; translations share the dates of the page in the site's own language."""

    kind = "event"
    kind_label = _("Bijeenkomst")
    schema_type = "Event"
    is_in_agenda = True
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = ["events.RecapPage"]

    event_kind = models.CharField(
        _("soort bijeenkomst"),
        max_length=20,
        choices=EventKind.choices,
        default=EventKind.MEETING,
        help_text=_("Hierop kunnen bezoekers van de agenda kiezen."),
    )
    whereabouts = models.CharField(
        _("waar"),
        max_length=10,
        choices=Whereabouts.choices,
        default=Whereabouts.ON_SITE,
        help_text=_("De plaats zelf kies je bij elke datum."),
    )
    registration_for = models.CharField(
        _("wie kan zich inschrijven"),
        max_length=10,
        choices=RegistrationFor.choices,
        default=RegistrationFor.MEMBERS,
        help_text=_("Wie de pagina niet mag zien, kan zich ook niet inschrijven."),
    )
    largest_group = models.PositiveSmallIntegerField(
        _("hooguit zoveel mensen tegelijk"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("1: iedereen schrijft zichzelf in."),
    )
    talk_show_series = models.ForeignKey(
        "knowledge.TalkShowSeriesPage",
        verbose_name=_("talkshowreeks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("De talkshows van deze reeks zijn dan vanzelf de data van deze bijeenkomst."),
    )
    remind_week = models.BooleanField(
        _("herinner een week van tevoren"), default=True, help_text=_("Per mail, aan wie een plek heeft.")
    )
    remind_day = models.BooleanField(
        _("herinner een dag van tevoren"), default=True, help_text=_("Nooit tussen 21.00 en 7.00 uur.")
    )
    remind_hour = models.BooleanField(
        _("herinner een uur van tevoren"), default=False, help_text=_("Handig bij bijeenkomsten online.")
    )
    certificate_percent = models.PositiveSmallIntegerField(
        _("bewijs van deelname vanaf"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Procent van de data waarop iemand er was. Leeg: er is geen bewijs."),
    )

    content_panels = [
        *Page.content_panels,
        *KnowledgePage.summary_panels,
        MultiFieldPanel(
            [FieldPanel("event_kind"), FieldPanel("whereabouts"), FieldPanel("talk_show_series")], heading=_("Soort")
        ),
        DatesPanel(),
        InlinePanel("programme", label=_("Onderdeel"), heading=_("Programma")),
        *KnowledgePage.body_panels,
        MultiFieldPanel([FieldPanel("registration_for"), FieldPanel("largest_group")], heading=_("Inschrijven")),
        InlinePanel("questions", label=_("Vraag"), heading=_("Vragen bij het inschrijven")),
        MultiFieldPanel(
            [
                FieldPanel("remind_week"),
                FieldPanel("remind_day"),
                FieldPanel("remind_hour"),
                FieldPanel("certificate_percent"),
            ],
            heading=_("Herinneren en bewijs"),
        ),
        *KnowledgePage.people_panels,
    ]

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")

    @property
    def source(self) -> "EventPage":
        """Return the page that has the dates: the one in the site's own language, or else this one."""
        if not hasattr(self, "_source"):
            pages = EventPage.objects.filter(translation_key=self.translation_key, alias_of=None)
            self._source = pages.filter(locale__language_code="nl").first() or self
        return self._source

    @property
    def reminder_kinds(self) -> list[str]:
        """Return which reminders participants get."""
        wanted = {
            ReminderKind.WEEK: self.remind_week,
            ReminderKind.DAY: self.remind_day,
            ReminderKind.HOUR: self.remind_hour,
        }
        return [kind for kind, is_wanted in wanted.items() if is_wanted]

    def findable_text(self) -> str:
        """Return what search finds: the text, who speaks, and the programme."""
        parts = [f"{item.title} {item.text}" for item in self.programme.all()]
        return "\n".join([super().findable_text(), *parts])

    def facts(self) -> FactList:
        """Return what sort of event it is."""
        return FactList(
            facts=[(_("Soort"), self.get_event_kind_display()), (_("Waar"), self.get_whereabouts_display())]
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the dates with what this visitor can do about each, and the programme."""
        context = super().get_context(request, *args, **kwargs)
        visitor = request.visitor
        source = self.source if self.pk else self
        return {
            **context,
            **dates_for(source, request),
            "programme": list(self.programme.all()),
            "may_register": may_register(visitor, source),
            "may_organise": may_organise(visitor, source),
            "needs_form": source.largest_group > 1 or source.questions.exists(),
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the event as schema.org describes it: one Event, or an EventSeries with its dates."""
        data = super().structured_data(request)
        data["name"] = data.pop("headline")
        for unknown in ("datePublished", "dateModified", "publisher", "author"):
            data.pop(unknown, None)
        data["organizer"] = {"@type": "Organization", "name": "Housing First Nederland"}
        dates = [self._date_data(date) for date in self.source.occurrences.order_by("starts_at")[:50]]
        if len(dates) == 1:
            return {**data, **dates[0]}
        return {
            **data,
            "@type": "EventSeries",
            "subEvent": [{"@type": "Event", "name": self.title, **d} for d in dates],
        }

    def _date_data(self, date: Occurrence) -> dict[str, Any]:
        is_cancelled = date.cancelled_at is not None
        mode = {"on_site": "Offline", "online": "Online", "both": "Mixed"}[self.whereabouts]
        data: dict[str, Any] = {
            "startDate": timezone.localtime(date.starts_at).isoformat(),
            "endDate": timezone.localtime(date.ends_at).isoformat(),
            "eventStatus": "https://schema.org/EventCancelled" if is_cancelled else "https://schema.org/EventScheduled",
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        }
        if self.whereabouts == Whereabouts.ONLINE:
            data["location"] = {"@type": "VirtualLocation", "url": self.absolute_url}
        elif date.place:
            data["location"] = {"@type": "Place", "name": date.place, "address": date.place}
        return data


class ProgrammeItem(Orderable):
    """One part of the programme."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="programme")
    time = models.TimeField(_("tijd"), null=True, blank=True)
    title = models.CharField(_("onderdeel"), max_length=160)
    text = models.CharField(_("toelichting"), max_length=300, blank=True)

    panels = [FieldPanel("time"), FieldPanel("title"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("onderdeel van het programma")
        verbose_name_plural = _("programma")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", _("Een paar woorden")
    CHOICE = "choice", _("Eén keuze")
    MULTIPLE = "multiple", _("Meer keuzes")
    CONSENT = "consent", _("Toestemming: ja of nee")
    NEEDS = "needs", _("Dieet of toegankelijkheid")


class EventQuestion(Orderable):
    """What the organiser asks of whoever registers."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(_("soort vraag"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    label = models.CharField(_("vraag"), max_length=160)
    help_text = models.CharField(_("toelichting"), max_length=240, blank=True)
    options = models.TextField(_("keuzes"), blank=True, help_text=_("Eén keuze per regel."))
    is_required = models.BooleanField(_("verplicht"), default=False)
    kept_days = models.PositiveSmallIntegerField(
        _("bewaren tot zoveel dagen erna"),
        default=30,
        validators=[MaxValueValidator(730)],
        help_text=_("Dieet en toegankelijkheid bewaren we nooit langer dan 30 dagen."),
    )

    panels = [
        FieldPanel("kind"),
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldPanel("options"),
        FieldPanel("is_required"),
        FieldPanel("kept_days"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("vraag bij het inschrijven")
        verbose_name_plural = _("vragen bij het inschrijven")

    @property
    def choices(self) -> list[str]:
        """Return the choices, one for each line that says something."""
        return [line.strip() for line in self.options.splitlines() if line.strip()]

    def clean(self) -> None:
        """Raise ValidationError for choices without anything to choose, and for needs that are kept too long."""
        super().clean()
        if self.kind in (QuestionKind.CHOICE, QuestionKind.MULTIPLE) and len(self.choices) < 2:
            raise ValidationError({"options": _("Schrijf minstens twee keuzes op, elk op een eigen regel.")})
        if self.kind == QuestionKind.NEEDS and self.kept_days > 30:
            raise ValidationError({"kept_days": _("Zulke antwoorden gaan na hooguit 30 dagen weg.")})
