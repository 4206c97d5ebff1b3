"""Models of the knowledge site."""

from .appearance import Appearance, Cast, Credit
from .article import ArticleIndexPage, EvidenceLevel, PracticeArticlePage
from .campaign import CampaignMonth, CampaignPage
from .change_note import ChangeNote
from .content import ContentPage
from .directory import PracticeIndexPage
from .episode import EpisodePage
from .framework import ElementKind, Framework, FrameworkElement, FrameworkPage
from .home import HomePage
from .imported import ImportedSource
from .knowledge_page import KnowledgePage
from .media_index import MediaIndexPage
from .podcast import PodcastPage, PodcastSeason
from .project import ProjectIndexPage, ProjectPage, ProjectPartner, ProjectReport
from .publication import PublicationDownload, PublicationIndexPage, PublicationPage
from .spoken import Chapter, Transcript
from .talk_show import TalkShowPage, TalkShowSeriesPage
from .theme import ThemeIndexPage
from .translation import ElementWording, PageTranslation

__all__ = [
    "Appearance",
    "ArticleIndexPage",
    "CampaignMonth",
    "CampaignPage",
    "Cast",
    "ChangeNote",
    "Chapter",
    "ContentPage",
    "Credit",
    "ElementKind",
    "ElementWording",
    "EpisodePage",
    "EvidenceLevel",
    "Framework",
    "FrameworkElement",
    "FrameworkPage",
    "HomePage",
    "ImportedSource",
    "KnowledgePage",
    "MediaIndexPage",
    "PageTranslation",
    "PodcastPage",
    "PodcastSeason",
    "PracticeArticlePage",
    "PracticeIndexPage",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "ProjectReport",
    "PublicationDownload",
    "PublicationIndexPage",
    "PublicationPage",
    "TalkShowPage",
    "TalkShowSeriesPage",
    "ThemeIndexPage",
    "Transcript",
]
