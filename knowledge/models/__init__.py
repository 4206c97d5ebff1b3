"""Models of the knowledge site."""

from .article import ArticleIndexPage, EvidenceLevel, PracticeArticlePage
from .campaign import CampaignMonth, CampaignPage
from .content import ContentPage
from .directory import PracticeIndexPage
from .framework import ElementKind, Framework, FrameworkElement, FrameworkPage
from .home import HomePage
from .imported import ImportedSource
from .knowledge_page import ChangeNote, KnowledgePage
from .project import ProjectIndexPage, ProjectPage, ProjectPartner, ProjectReport
from .publication import PublicationDownload, PublicationIndexPage, PublicationPage
from .theme import ThemeIndexPage

__all__ = [
    "ArticleIndexPage",
    "CampaignMonth",
    "CampaignPage",
    "ChangeNote",
    "ContentPage",
    "ElementKind",
    "EvidenceLevel",
    "Framework",
    "FrameworkElement",
    "FrameworkPage",
    "HomePage",
    "ImportedSource",
    "KnowledgePage",
    "PracticeArticlePage",
    "PracticeIndexPage",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "ProjectReport",
    "PublicationDownload",
    "PublicationIndexPage",
    "PublicationPage",
    "ThemeIndexPage",
]
