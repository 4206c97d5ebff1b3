"""Builds the demo's site: sections, pages and their pictures."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml
from django.core.files import File
from django.utils.text import slugify
from wagtail.models import Page, Site

from knowledge.models import (
    CampaignMonth,
    CampaignPage,
    ContentPage,
    FrameworkElement,
    FrameworkPage,
    KnowledgePage,
    PracticeArticlePage,
    ProjectPage,
    ProjectPartner,
    ProjectReport,
    PublicationDownload,
    PublicationPage,
)
from knowledge.services import begin_site, import_framework
from thuisbasis.accounts.models import User
from thuisbasis.base.models import SiteImage
from thuisbasis.config.demo.illustrations import SCENES
from thuisbasis.config.demo.text import DemoArticle, blocks, paragraphs, read_articles
from thuisbasis.files.models import SiteDocument
from thuisbasis.network.models import Practice, Theme

DATA = Path(__file__).parent / "data"


class DemoSite:
    """Builds the pages once, in the order in which they refer to each other."""

    def __init__(self, editor: User) -> None:
        self.editor = editor
        self.data = yaml.safe_load((DATA / "pages.yaml").read_text(encoding="utf-8"))
        self.images: dict[str, SiteImage] = {}
        self.sections: dict[str, Page] = {}

    def load_images(self) -> None:
        """Draw and store the pictures."""
        for name, (scene, description) in SCENES.items():
            file = File(scene().as_jpeg(), name=f"{name}.jpg")
            self.images[name] = SiteImage.objects.create(
                title=description, description=description, file=file, uploaded_by_user=self.editor
            )

    def load_home(self) -> None:
        """Begin as every new site does, and say something on the home page."""
        data = self.data["home"]
        self.home = begin_site()
        self.home.introduction = data["introduction"]
        self.home.explanation = explanation_of(data)
        self.home.image = self.images["street"]
        self.home.save_revision(user=self.editor).publish()
        Site.objects.filter(is_default_site=True).update(hostname="localhost", port=80)
        self.sections = {page.slug: page.specific for page in self.home.get_children()}

    def load_framework(self) -> None:
        """Bring in the Voorzorg framework with the page that shows it."""
        framework = import_framework(data=yaml.safe_load((DATA / "voorzorg.yaml").read_text(encoding="utf-8")))
        data = self.data["framework"]
        page = FrameworkPage(framework=framework, show_in_menus=True, **self.shared(data))
        self.framework_page = self.publish(self.home, page, data)

    def load_content(self) -> None:
        """Add the plain pages, and let the home page point to the explanation."""
        for data in self.data["content"]:
            page = ContentPage(show_in_menus=data.get("in_menu", False), **self.shared(data))
            self.publish(self.home, page, data)
        self.home.about_page = KnowledgePage.objects.get(slug="wat-is-housing-first")
        self.home.save_revision(user=self.editor).publish()

    def load_articles(self) -> None:
        """Add the practice articles, those that others derive from first."""
        articles = sorted(read_articles(DATA), key=lambda article: "derived_from" in article.fields)
        for article in articles:
            self.publish(self.sections["praktijkvoorbeelden"], self._article(article), _lists(article.fields))

    def load_campaign(self) -> None:
        """Add the campaign with its months."""
        data = self.data["campaign"]
        campaign = CampaignPage(start_date=data["start"], end_date=data["end"], **self.shared(data))
        campaign.months = [
            CampaignMonth(month=month, title=title, description=text) for month, title, text in data["months"]
        ]
        self.campaign = self.publish(self.home, campaign, data)

    def load_projects(self) -> None:
        """Add the projects with their partners and reports."""
        for data in self.data["projects"]:
            names = ("number", "lead", "lead_organisation", "funder", "budget")
            project = ProjectPage(
                start_date=data.get("start"),
                end_date=data.get("end"),
                campaign=self.campaign if data.get("campaign") else None,
                **{name: data.get(name, "") for name in names},
                **self.shared(data),
            )
            project.partners = [ProjectPartner(name=name) for name in data.get("partners", [])]
            project.reports = [ProjectReport(title=title) for title in data.get("reports", [])]
            self.publish(self.sections["projecten"], project, data)

    def load_publications(self) -> None:
        """Add the publications with their files."""
        for data in self.data["publications"]:
            with (DATA / "documents" / data["document"]["file"]).open("rb") as source:
                document = SiteDocument.objects.create(
                    title=data["document"]["title"],
                    file=File(source, name=data["document"]["file"]),
                    uploaded_by_user=self.editor,
                )
            page = PublicationPage(authors=data["authors"], publication_year=data["year"], **self.shared(data))
            page.downloads = [PublicationDownload(document=document)]
            self.publish(self.sections["publicaties"], page, data)

    def _article(self, article: DemoArticle) -> PracticeArticlePage:
        fields = article.fields
        evidence = [part.strip() for part in fields.get("evidence", "").split("|")]
        contact = [part.strip() for part in fields.get("contact", "").split("|")]
        page = PracticeArticlePage(
            start_year=int(fields["year"]),
            aim=paragraphs(fields["aim"]),
            target_group=paragraphs(fields["for"]),
            preconditions=paragraphs(fields["needs"]),
            results=paragraphs(fields["results"]),
            what_did_not_work=paragraphs(fields["failed"]),
            costs=fields.get("costs", ""),
            funder=fields.get("funder", ""),
            practice=Practice.objects.filter(name=fields.get("practice", "")).first(),
            derived_from=PracticeArticlePage.objects.filter(title=fields.get("derived_from", "")).first(),
            **self.shared({**fields, "title": article.title, "body": article.text}),
        )
        if len(evidence) == 4:
            page.evidence_level, page.evidence_assessor = evidence[0], evidence[1]
            page.evidence_date, page.evidence_expires_date = map(date.fromisoformat, evidence[2:])
        if len(contact) == 2:
            page.contact_name, page.contact_email = contact
        return page

    def shared(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the fields that every page with knowledge has."""
        return {
            "title": data["title"],
            "slug": data.get("slug") or slugify(data["title"]),
            "summary": data["summary"],
            "lead_image": self.images.get(data.get("image", "")),
            "body": blocks(data.get("body", "")),
            "contact_name": "Redactie Thuisbasis",
            "contact_email": "redactie@example.nl",
            "content_owner": self.editor,
            "is_invented": bool(data.get("invented")),
        }

    def publish(self, parent: Page, page: Any, data: dict[str, Any]) -> Any:
        """Add a page with its themes and elements, dated as its data says."""
        published = data["date"] if isinstance(data["date"], date) else date.fromisoformat(data["date"])
        page.first_published_at = datetime.combine(published, time(9), UTC)
        page.live = False
        parent.add_child(instance=page)
        page.themes = Theme.objects.filter(slug__in=data.get("themes", []))
        page.elements = FrameworkElement.objects.filter(code__in=data.get("elements", []))
        page.save_revision(user=self.editor).publish()
        return page

    def add(self, parent: Page, page: Any) -> Any:
        """Add and publish a page as it is."""
        parent.add_child(instance=page)
        page.save_revision(user=self.editor).publish()
        return page


def explanation_of(data: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the home page's steps and figures as blocks."""
    steps = [{"title": title, "text": paragraphs(text)} for title, text in data["steps"]]
    facts = [{"number": number, "label": label} for number, label in data["facts"]]
    return [("steps", {"steps": steps}), ("facts", {"facts": facts, "source": data["facts_source"]})]


def _lists(fields: dict[str, str]) -> dict[str, Any]:
    """Return an article's fields with its comma-separated names as lists."""
    names = {key: [name.strip() for name in fields.get(key, "").split(",")] for key in ("themes", "elements")}
    return {**fields, **names}
