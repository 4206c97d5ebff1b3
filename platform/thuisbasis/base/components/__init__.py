"""The building blocks of every screen; each has one template and shows its states in the gallery."""

from .content import Badge, Card, CardList, EmptyState, FactList, KeyFigure, Notice, Picture
from .core import SiteComponent, all_components
from .forms import FilterForm, FormField, SearchForm, Select
from .map import Dot, PlaceMap
from .media import Embed, Player, TranscriptText, Turn
from .navigation import Breadcrumbs, FilterLink, FilterLinks, Link, Pagination
from .progress import ProgressBar, SeatPicture

__all__ = [
    "Badge",
    "Breadcrumbs",
    "Card",
    "CardList",
    "Dot",
    "Embed",
    "EmptyState",
    "FactList",
    "FilterForm",
    "FilterLink",
    "FilterLinks",
    "FormField",
    "KeyFigure",
    "Link",
    "Notice",
    "Pagination",
    "Picture",
    "PlaceMap",
    "Player",
    "ProgressBar",
    "SearchForm",
    "SeatPicture",
    "Select",
    "SiteComponent",
    "TranscriptText",
    "Turn",
    "all_components",
]
