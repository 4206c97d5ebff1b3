"""Makes the demo as large as one likes, for whoever wants to see how the site does with years of work in it.

Everything is made of the demo's own invented texts, and what is there already counts: a run that was interrupted goes
on where it was.
"""

import hashlib
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from knowledge.models import ArticleIndexPage, EpisodePage, PodcastPage, PracticeArticlePage
from members.exchange.models import Question
from members.library.models import Document, DocumentVersion
from members.portal.models import Profile
from thuisbasis.accounts.models import User
from thuisbasis.config.demo.people import PASSWORD
from thuisbasis.files.models import FileState, StoredFile, TextState
from thuisbasis.files.models.stored_file import private_storage
from thuisbasis.network.models import Audience, Membership, Practice, Role, Theme
from thuisbasis.search.services import read_words, rebuild

# What each step of the scale adds; a hundred steps are the largest network that performance is promised for.
ARTICLES, DOCUMENTS, MEMBERS, QUESTIONS = 100, 1000, 50, 20
# A podcast of some years, whatever the scale.
EPISODES = 50
AT_ONCE = 250
YEARS = 8
FIRST_NAMES = ("Anna", "Bilal", "Chiara", "Dirk", "Emine", "Femke", "Gijs", "Hatice", "Iris", "Jan", "Kaya", "Loes")
LAST_NAMES = ("Aydin", "Bakker", "Cornelissen", "Dijkstra", "El Amrani", "Faber", "Groen", "Hendriks", "Jansen", "Kok")
DOMAIN = "groei.example.nl"


class Growth:
    """Adds what a network of `scale` steps has, a few hundred at a time; `tell` gets a line for each of them."""

    def __init__(self, scale: int, tell: Callable[[str], None]) -> None:
        self.scale, self.tell, self.added = scale, tell, 0
        self.chance = random.Random(2026)  # noqa: S311 (the same network each time; nothing is secret)
        self.now = timezone.now()
        self.practices = list(Practice.objects.filter(in_network=True).order_by("pk"))
        self.themes = list(Theme.objects.filter(locale__language_code="nl").order_by("pk"))
        self.texts = list(PracticeArticlePage.objects.filter(locale__language_code="nl", is_invented=True, depth=4))

    def grow(self) -> None:
        """Add people, articles, documents and questions, and make them findable."""
        self._in_pieces("members", self.scale * MEMBERS, User.objects.filter(email__endswith=DOMAIN), self._members)
        self.people = list(
            Membership.objects.filter(user__email__endswith=DOMAIN).values_list("user", "practice").order_by("pk")
        )
        self.section = ArticleIndexPage.objects.get(locale__language_code="nl")
        articles = PracticeArticlePage.objects.filter(slug__startswith="groei-")
        self._in_pieces("articles", self.scale * ARTICLES, articles, self._articles)
        episodes = EpisodePage.objects.filter(slug__startswith="groei-")
        self._in_pieces("episodes", EPISODES, episodes, self._episodes)
        files = StoredFile.objects.filter(name__startswith="groei-")
        self._in_pieces("documents", self.scale * DOCUMENTS, files, self._documents)
        questions = Question.objects.filter(slug__startswith="groei-")
        self._in_pieces("questions", self.scale * QUESTIONS, questions, self._questions)
        if not self.added:
            return
        rebuild(progress=lambda done: self.tell(f"{done:,} findable"))
        read_words.func()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _in_pieces(self, what: str, wanted: int, present: Any, add: Callable[[range], None]) -> None:
        for start in range(present.count(), wanted, AT_ONCE):
            end = min(start + AT_ONCE, wanted)
            with transaction.atomic():
                add(range(start, end))
            self.added += end - start
            self.tell(f"{end:,} of {wanted:,} {what}")

    def _members(self, numbers: range) -> None:
        password = make_password(PASSWORD)
        users = User.objects.bulk_create(
            User(
                email=f"lid-{number:05}@{DOMAIN}",
                password=password,
                first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
                last_name=LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)],
            )
            for number in numbers
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
        )
        Profile.objects.bulk_create(
            Profile(user=user, slug=f"groei-{number:05}", job_title="begeleider", ask_me_about=self._theme().name)
            for number, user in zip(numbers, users, strict=True)
        )
        began = self.now.date() - timedelta(days=365)
        Membership.objects.bulk_create(
            Membership(
                user=user, practice=self.practices[number % len(self.practices)], role=Role.MEMBER, start_date=began
            )
            for number, user in zip(numbers, users, strict=True)
        )

    def _articles(self, numbers: range) -> None:
        for number in numbers:
            text, practice, moment = self.texts[number % len(self.texts)], self._practice(), self._moment()
            names = ("summary", "body", "aim", "target_group", "preconditions", "results", "what_did_not_work")
            page = PracticeArticlePage(
                title=f"{text.title} ({number + 1})",
                slug=f"groei-{number:05}",
                start_year=moment.year,
                practice=practice,
                lead_image=text.lead_image,
                contact_name=practice.name,
                contact_email="redactie@example.nl",
                content_owner=text.content_owner,
                is_invented=True,
                first_published_at=moment,
                last_published_at=moment,
                **{name: getattr(text, name) for name in names},
            )
            page.themes = self.chance.sample(self.themes, 2)
            self.section.add_child(instance=page)

    def _episodes(self, numbers: range) -> None:
        podcast = PodcastPage.objects.get(locale__language_code="nl")
        heard = EpisodePage.objects.child_of(podcast).exclude(slug__startswith="groei-").order_by("pk")[0]
        for number in numbers:
            moment = self.now - timedelta(days=7 * (EPISODES - number))
            page = EpisodePage(
                title=f"{heard.title} ({number + 1})",
                slug=f"groei-{number:05}",
                summary=heard.summary,
                body=heard.body,
                recording=heard.recording,
                lead_image=heard.lead_image,
                contact_name=heard.contact_name,
                contact_email=heard.contact_email,
                content_owner=heard.content_owner,
                is_invented=True,
                first_published_at=moment,
                last_published_at=moment,
            )
            podcast.add_child(instance=page)

    def _documents(self, numbers: range) -> None:
        episodes = EpisodePage.objects.filter(slug__startswith="groei-")
        self._in_pieces("episodes", EPISODES, episodes, self._episodes)
        files = StoredFile.objects.bulk_create(self._file(number) for number in numbers)
        documents = Document.objects.bulk_create(self._document(file) for file in files)
        DocumentVersion.objects.bulk_create(
            DocumentVersion(
                document=document, number=1, file=file, created_by=document.author, created_at=document.created_at
            )
            for document, file in zip(documents, files, strict=True)
        )
        newest = DocumentVersion.objects.filter(document=OuterRef("pk")).values("pk")[:1]
        Document.objects.filter(pk__in=[document.pk for document in documents]).update(current=Subquery(newest))
        through = Document.themes.through
        through.objects.bulk_create(
            through(document_id=document.pk, theme_id=self._theme().pk) for document in documents
        )

    def _file(self, number: int) -> StoredFile:
        source = self.texts[number % len(self.texts)]
        text = (
            f"{source.title} ({number + 1})\n\n{source.summary}\n\n{self._theme().name}: {self._theme().description}\n"
        )
        data = text.encode()
        name = f"groei-{number:06}.txt"
        key = f"groei/{number // 1000:03}/{number:06}"
        return StoredFile(
            file=private_storage().save(key, ContentFile(data)),
            name=name,
            extension="txt",
            media_type="text/plain",
            size=len(data),
            checksum=hashlib.sha256(data).hexdigest(),
            state=FileState.CLEAN,
            text=text,
            text_state=TextState.READ,
            created_at=self.now,
            examined_at=self.now,
        )

    def _document(self, file: StoredFile) -> Document:
        user, practice = self.chance.choice(self.people)
        moment = self._moment()
        return Document(
            title=file.text.partition("\n")[0][:160],
            author_id=user,
            owner_id=user,
            practice_id=practice,
            audience=self.chance.choices([Audience.NETWORK, Audience.OWN_PRACTICE], [2, 1])[0],
            created_at=moment,
            shared_at=moment,
        )

    def _questions(self, numbers: range) -> None:
        rows = [self._question(number) for number in numbers]
        questions = Question.objects.bulk_create(rows)
        through = Question.themes.through
        through.objects.bulk_create(
            through(question_id=question.pk, theme_id=self._theme().pk) for question in questions
        )

    def _question(self, number: int) -> Question:
        user, practice = self.chance.choice(self.people)
        source = self.texts[number % len(self.texts)]
        return Question(
            title=f"Wie kent “{source.title}” ({number + 1})?",
            slug=f"groei-{number:05}",
            text=source.summary,
            author_id=user,
            practice_id=practice,
            audience=Audience.NETWORK,
            created_at=self._moment(),
        )

    def _theme(self) -> Theme:
        return self.chance.choice(self.themes)

    def _practice(self) -> Practice:
        return self.chance.choice(self.practices)

    def _moment(self) -> datetime:
        return self.now - timedelta(minutes=self.chance.randrange(60 * 24, 60 * 24 * 365 * YEARS))
