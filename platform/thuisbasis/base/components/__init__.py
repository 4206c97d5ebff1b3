"""The building blocks of every screen; each has one template and shows its states in the gallery."""

from .bars import StackedBars, StackRow
from .charts import (
    NOTHING,
    DotPlot,
    DotRow,
    Number,
    Tick,
    TrendChart,
    TrendPoint,
    TrendSeries,
)
from .content import Badge, Card, CardList, EmptyState, FactList, KeyFigure, Notice, Picture
from .core import SiteComponent, all_components
from .forms import FacetForm, FacetGroup, FilterForm, FormField, SearchForm, Select
from .languages import Alternate, LanguageChoice, Languages
from .map import Dot, PlaceMap
from .media import Embed, Player, TranscriptText, Turn
from .navigation import Breadcrumbs, FilterLink, FilterLinks, Link, Pagination
from .progress import ProgressBar, SeatPicture

__all__ = [
    "NOTHING",
    "Alternate",
    "Badge",
    "Breadcrumbs",
    "Card",
    "CardList",
    "Dot",
    "DotPlot",
    "DotRow",
    "Embed",
    "EmptyState",
    "FacetForm",
    "FacetGroup",
    "FactList",
    "FilterForm",
    "FilterLink",
    "FilterLinks",
    "FormField",
    "KeyFigure",
    "LanguageChoice",
    "Languages",
    "Link",
    "Notice",
    "Number",
    "Pagination",
    "Picture",
    "PlaceMap",
    "Player",
    "ProgressBar",
    "SearchForm",
    "SeatPicture",
    "Select",
    "SiteComponent",
    "StackRow",
    "StackedBars",
    "Tick",
    "TranscriptText",
    "TrendChart",
    "TrendPoint",
    "TrendSeries",
    "Turn",
    "all_components",
]
