"""What the demo's members ask each other and share."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from members.exchange.models import Announcement, Question, ThemeExpert
from members.exchange.services import accept_answer, announce, answer_question, ask_question, propose_article
from members.exchange.services.proposing import TEXT_FIELDS
from members.library.models import Document, Folder
from members.library.services import add_draft, place_comment, share_documents
from thuisbasis.accounts.models import User
from thuisbasis.files.services.examining import examine
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.models import Membership, Practice, Theme, WorkingGroup
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Notice

DATA = Path(__file__).parent / "data"


class DemoExchange:
    """Loads everything through the services that members use themselves."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.data = yaml.safe_load((DATA / "exchange.yaml").read_text(encoding="utf-8"))
        self.themes = {theme.slug: theme for theme in Theme.objects.filter(locale__language_code="nl")}
        self.group = WorkingGroup.objects.get(slug="ervaringskennis")

    def load(self) -> None:
        """Load questions, announcements, documents and who helps with what; only into an empty exchange."""
        if Question.objects.exists() or Announcement.objects.exists() or Document.objects.exists():
            return
        for row in self.data["questions"]:
            self._ask(row)
        for row in self.data["proposals"]:
            self._propose(row)
        for row in self.data["announcements"]:
            self._announce(row)
        for row in self.data["documents"]:
            self._share(row)
        # What happened long ago is no reason to mail anybody today.
        Notice.objects.update(mailed_at=self.now)
        OutgoingMail.objects.all().delete()
        for row in self.data["experts"]:
            for slug in row["themes"]:
                ThemeExpert.objects.create(user=User.objects.get(email=row["by"]), theme=self.themes[slug])

    def _at(self, row: dict[str, Any]) -> datetime:
        return self.now - timedelta(days=row["days"])

    def _person(self, row: dict[str, Any]) -> dict[str, Any]:
        user = User.objects.get(email=row["by"])
        return {"author": user, "visitor": visitor_for(user=user, today=timezone.localdate(self.now))}

    def _practice(self, user: User) -> Practice:
        return Practice.objects.get(pk=Membership.objects.filter(user=user).values("practice")[:1])

    def _placed(self, row: dict[str, Any]) -> dict[str, Any]:
        audience = row.get("audience", "network")
        return {
            "audience": audience,
            "working_group": self.group if audience == "working_group" else None,
            "themes": [self.themes[slug] for slug in row.get("themes", []) if slug in self.themes],
        }

    def _propose(self, row: dict[str, Any]) -> None:
        who = self._person(row)
        content = {
            **dict.fromkeys(TEXT_FIELDS, ""),
            **{name: row[name] for name in ("title", "summary", "text", "what_did_not_work")},
            "themes": self._placed(row)["themes"],
            "credits_author": False,
        }
        propose_article(
            **who, practice=self._practice(who["author"]), content=content, overridden=[], now=self._at(row)
        )

    def _ask(self, row: dict[str, Any]) -> None:
        who = self._person(row)
        content = {"title": row["title"], "text": row["text"], **self._placed(row)}
        practice = self._practice(who["author"])
        question = ask_question(**who, practice=practice, content=content, overridden=[], now=self._at(row))
        answers = [
            answer_question(
                question=question, **self._person(answer), text=answer["text"], overridden=[], now=self._at(answer)
            )
            for answer in row["answers"]
        ]
        if "accepted" in row:
            accept_answer(answer=answers[row["accepted"]], visitor=who["visitor"], now=self.now)

    def _announce(self, row: dict[str, Any]) -> None:
        until = timezone.localdate(self.now) + timedelta(days=28)
        content = {"title": row["title"], "text": row["text"], "until_date": until, **self._placed(row)}
        announce(**self._person(row), content=content, now=self._at(row))

    def _share(self, row: dict[str, Any]) -> None:
        who, moment = self._person(row), self._at(row)
        data = row["text"].encode() if "text" in row else (DATA / "documents" / row["file"]).read_bytes()
        document = add_draft(**who, name=row.get("name") or row["file"], file=io.BytesIO(data), now=moment)
        for version in document.versions.all():
            examine(file_id=version.file_id, now=self.now)
        document.refresh_from_db()
        document.description = row["description"]
        practice = self._practice(who["author"])
        placed = self._placed(row)
        folder = None
        if "folder" in row:
            owner = practice if placed["audience"] == "own_practice" else None
            folder, _is_new = Folder.objects.get_or_create(name=row["folder"], practice=owner, working_group=None)
        share_documents(
            documents=[document],
            titles={document.pk: row["title"]},
            practice=practice,
            content={**placed, "folder": folder, "review_date": timezone.localdate(moment) + timedelta(days=365)},
            actor=who["author"],
            visitor=who["visitor"],
            now=moment,
        )
        for comment in row.get("comments", []):
            place_comment(
                document=document, **self._person(comment), text=comment["text"], overridden=[], now=self._at(comment)
            )
