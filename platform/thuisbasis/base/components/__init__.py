"""The building blocks of every screen; each has one template and shows its states in the gallery."""

from .content import Badge, Card, CardList, EmptyState, FactList, KeyFigure, Notice, Picture
from .core import SiteComponent, all_components
from .forms import FormField, SearchForm
from .navigation import Breadcrumbs, FilterLink, FilterLinks, Link, Pagination
from .progress import ProgressBar

__all__ = [
    "Badge",
    "Breadcrumbs",
    "Card",
    "CardList",
    "EmptyState",
    "FactList",
    "FilterLink",
    "FilterLinks",
    "FormField",
    "KeyFigure",
    "Link",
    "Notice",
    "Pagination",
    "Picture",
    "ProgressBar",
    "SearchForm",
    "SiteComponent",
    "all_components",
]
