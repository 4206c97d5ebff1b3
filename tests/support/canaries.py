"""One object of every restricted model for every audience, each with a word that stands nowhere else."""

import io
import uuid
from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from mirror_canaries import release_mirror
from upload_corpus import docx
from wagtail.models import Locale

from events.models import EventPage, Material, Occurrence, Registration
from knowledge.models import KnowledgePage, PracticeArticlePage
from members.exchange.models import Announcement, Answer, Proposal, ProposalMessage, Question, Report
from members.library.models import Comment, Document, DocumentVersion, Folder, ReviewRequest
from members.portal.models import Invitation, Profile
from thuisbasis.accounts.models import User
from thuisbasis.files.models import SiteDocument
from thuisbasis.files.services import store_file
from thuisbasis.network.models import Audience, AudienceModel, Practice, Theme, WorkingGroup
from thuisbasis.search.services import index

# In every canary's title; the word beside it says which object and which audience.
FLOCK = "kanarievogel"
# What is derived from others shows nothing of its own.
DERIVED = {"search.SearchEntry"}
# Models of the members' apps without an audience of their own: whose they are, or why they say nothing.
CARRIED = {
    "assessments.Answer": "its rater",
    "assessments.Assessment": "its practice",
    "assessments.AssessmentRound": "network",
    "assessments.Benchmark": "its practice",
    "assessments.BuddyOffer": "network",
    "assessments.Consensus": "its practice",
    "assessments.Evidence": "its practice",
    "assessments.ExternalRating": "reviewer and practice",
    "assessments.ImprovementAction": "its practice",
    "assessments.InstrumentVersion": "whom its licence names",
    "assessments.LogEntry": "its practice",
    "assessments.PeerReview": "reviewer and practice",
    "assessments.RaterResponse": "its rater",
    "assessments.Report": "its practice",
    "assessments.Score": "its practice",
    "exchange.Answer": "question",
    "exchange.Report": "question",
    "exchange.Proposal": "author",
    "exchange.ProposalMessage": "author",
    "library.Comment": "document",
    "library.DocumentVersion": "document",
    "library.Folder": "document",
    "library.ReviewRequest": "document",
    "events.Occurrence": "event",
    "events.Registration": "organisers",
    "events.GivenAnswer": "organisers",
    "events.Attendance": "organisers",
    "events.Material": "event",
    "events.Mailing": "organisers",
    "events.Certificate": "who has its code",
    "events.ProgrammeItem": "event",
    "events.EventQuestion": "event",
    "portal.Profile": "network",
    "portal.Invitation": "coordinators",
}
SAY_NOTHING = {
    "assessments.ActionReminder",
    "assessments.Instrument",
    "assessments.ItemTheme",
    "assessments.SharingConsent",
    "exchange.ThemeExpert",
    "portal.DataExport",
    "notices.Notice",
    "notices.Subscription",
    "events.CalendarFeed",
    "events.EventIndexPage",
    "events.Reminder",
}


def restricted_models():
    """Return every model that carries an audience and has rows of its own."""
    models = [model for model in apps.get_models() if issubclass(model, AudienceModel)]
    return [model for model in models if model is not KnowledgePage and model._meta.label not in DERIVED]


def members_models():
    return [
        model
        for name in ("exchange", "library", "portal", "assessments", "notices", "events")
        for model in apps.get_app_config(name).get_models()
    ]


def word(thing, audience):
    return f"kanarie{thing}{audience}".replace("_", "").replace(".", "").lower()


class Flock:
    """Makes the canaries; `addresses` maps each one's word to the addresses where it lives."""

    def __init__(self):
        self.now = timezone.now()
        self.practice = Practice.objects.get(name="Thuis in Twente")
        self.group = WorkingGroup.objects.create(name="Kooi", slug="kooi")
        self.author = User.objects.get(email="lotte@example.nl")
        self.theme = Theme.objects.get(slug="wonen", locale__language_code="nl")
        self.addresses, self.audience_of = {}, {}

    def release(self):
        for audience in Audience.values:
            for model in restricted_models():
                maker = self.page if issubclass(model, KnowledgePage) else getattr(self, model.__name__.lower())
                maker(model, audience)
        self.beside()
        release_mirror(self, word)
        return self

    def note(self, text, audience, *addresses):
        self.audience_of[text] = audience
        self.addresses[text] = list(addresses)

    def placed(self, audience):
        return {"audience": audience, "practice": self.practice, "working_group": self.group}

    def page(self, model, audience):
        """Copy a page of the demo, whatever kind it is; articles get a translation and an alias too."""
        text = word(model.__name__, audience)
        original = model.objects.live().order_by("pk").first()
        assert original is not None, f"the demo has no {model.__name__}"
        changes = {"title": f"{FLOCK} {text}", "slug": text, "summary": f"{FLOCK} {text}", **self.placed(audience)}
        changes |= {
            field.name: None for field in model._meta.local_fields if field.one_to_one and not field.primary_key
        }
        changes |= {
            name: value for name, value in (("guid", text), ("calendar_uid", uuid.uuid4())) if hasattr(original, name)
        }
        page = original.copy(update_attrs=changes, copy_revisions=False, keep_live=False)
        page.first_published_at = self.now
        page.save_revision().publish()
        addresses = [page.url]
        if model is PracticeArticlePage:
            addresses += [page.create_alias(update_slug=f"{text}-alias").url, self.translated(page).url]
        if hasattr(page, "text_url"):
            addresses += [page.text_url("nl", "vtt"), page.chapters_url]
        if model is EventPage:
            addresses += self.date_of(page, text, audience)
        self.note(text, audience, *[url for url in addresses if url])

    def date_of(self, page, text, audience):
        """Give an event a date in a place, with a programme, a file and somebody who comes and answers."""
        place, answer = word("place", audience), word("needs", audience)
        starts = self.now + timedelta(days=9)
        date = Occurrence.objects.create(
            event=page, starts_at=starts, ends_at=starts + timedelta(hours=1), place=place, changed_at=self.now,
            join_url=f"https://{word('room', audience)}.invalid/", capacity=5,
        )  # fmt: skip
        document = SiteDocument.objects.create(
            title=text, file=ContentFile(b"%PDF-1.7", name=f"dia-{uuid.uuid4().hex[:8]}.pdf")
        )
        Material.objects.create(occurrence=date, title=word("material", audience), document=document)
        row = Registration.objects.create(
            occurrence=date, name=word("guest", audience), email=f"{word('guest', audience)}@example.org", place=1,
            status="confirmed", registered_at=self.now, confirmed_at=self.now,
        )  # fmt: skip
        row.answers.create(label="Dieet", text=answer, kept_until=timezone.localdate() + timedelta(days=30))
        for name in ("place", "material"):
            self.note(word(name, audience), audience)
        for name in ("room", "guest", "needs"):
            self.note(word(name, audience), "its organisers")
        return [f"/bijeenkomst/{date.key}/agenda.ics", f"/bijeenkomst/{date.key}/inschrijven/", document.url]

    def translated(self, page):
        english = Locale.objects.get(language_code="en")
        parent = page.get_parent().specific
        if not parent.has_translation(english):
            parent.copy_for_translation(english, copy_parents=True).save_revision().publish()
        translation = page.copy_for_translation(english)
        translation.save_revision().publish()
        return translation

    def question(self, model, audience):
        text = word("question", audience)
        row = Question.objects.create(
            title=f"{FLOCK} {text}",
            slug=text,
            text=text,
            author=self.author,
            created_at=self.now,
            **self.placed(audience),
        )
        row.themes.add(self.theme)
        answer = Answer.objects.create(
            question=row, author=self.author, text=word("answer", audience), created_at=self.now
        )
        index(instance=row)
        self.note(text, audience, row.get_absolute_url(), f"/leden/meldingen/question/{row.pk}/")
        self.note(
            word("answer", audience),
            audience,
            row.get_absolute_url(),
            f"/leden/voorstellen/nieuw/?antwoord={answer.pk}",
        )

    def announcement(self, model, audience):
        text = word("announcement", audience)
        row = Announcement.objects.create(
            title=f"{FLOCK} {text}", slug=text, text=text, author=self.author, created_at=self.now,
            until_date=timezone.localdate(), **self.placed(audience),
        )  # fmt: skip
        index(instance=row)
        self.note(text, audience, row.get_absolute_url())

    def document(self, model, audience):
        text = word("document", audience)
        folder = Folder.objects.create(name=word("folder", audience), practice=self.practice)
        row = Document.objects.create(
            title=f"{FLOCK} {text}", description=text, author=self.author, owner=self.author, created_at=self.now,
            shared_at=self.now, folder=folder, **self.placed(audience),
        )  # fmt: skip
        row.themes.add(self.theme)
        stored = store_file(name=f"{text}.docx", file=io.BytesIO(docx(word("words", audience))), now=self.now)
        stored.refresh_from_db()
        row.current = DocumentVersion.objects.create(
            document=row,
            number=1,
            file=stored,
            note=word("version", audience),
            created_by=self.author,
            created_at=self.now,
        )
        row.save()
        Comment.objects.create(document=row, author=self.author, text=word("comment", audience), created_at=self.now)
        ReviewRequest.objects.create(
            document=row, version_number=1, asked_by=self.author, reviewer=self.author, due_date=timezone.localdate(),
            created_at=self.now, answer="remarks", remark=word("review", audience), answered_at=self.now,
        )  # fmt: skip
        index(instance=row)
        own = [row.get_absolute_url(), row.file_url, f"{row.get_absolute_url()}versies/1/bestand/"]
        own += [f"{row.get_absolute_url()}{part}/" for part in ("opgehaald", "wijzigen", "meekijken", "weghalen")]
        self.note(text, audience, *own, f"/leden/voorstellen/nieuw/?document={row.key}")
        for name in ("folder", "words", "version", "comment"):
            self.note(word(name, audience), audience)
        self.note(word("review", audience), "those who may change it")

    def beside(self):
        """Things without an audience of their own."""
        proposal = Proposal.objects.create(
            author=self.author, title=word("proposal", "author"), practice_agreed_at=self.now, created_at=self.now
        )
        ProposalMessage.objects.create(
            proposal=proposal,
            author=self.author,
            text=word("message", "author"),
            is_from_editors=True,
            created_at=self.now,
        )
        self.note(word("proposal", "author"), "its author", proposal.get_absolute_url())
        self.note(word("message", "author"), "its author")
        reported = Question.objects.get(slug=word("question", "own_practice"))
        Report.objects.create(
            content_type=ContentType.objects.get_for_model(Question), source_pk=reported.pk, reporter=self.author,
            reason=word("report", "reason"), created_at=self.now,
        )  # fmt: skip
        self.note(word("report", "reason"), "those who may hide it")
        profile = Profile.objects.get(user=self.author)
        profile.about = word("profile", "network")
        profile.save()
        self.note(word("profile", "network"), "network", f"/leden/mensen/{profile.slug}/")
        Invitation.objects.create(
            practice=self.practice, email=f"{word('invitation', 'x')}@example.nl", role="member", invited_by=self.author,
            created_at=self.now, expires_at=self.now + timedelta(days=3), token_hash=word("invitation", "y"),
        )  # fmt: skip
        self.note(word("invitation", "x"), "its coordinators")
