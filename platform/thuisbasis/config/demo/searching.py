"""What the editors of the demo taught search: words that mean the same, and a page to begin with."""

from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from knowledge.models import KnowledgePage
from thuisbasis.search.models import SynonymSet
from thuisbasis.search.services import read_words, rebuild

# A language, "" for all, and terms that mean the same.
SYNONYMS = (
    ("", "HF\nHousing First"),
    ("nl", "dak- en thuislozen\ndaklozen\nthuislozen"),
    ("nl", "huisuitzetting\nontruiming"),
    ("nl", "huisdier\nhond\nkat"),
    ("nl", "ggz\ngeestelijke gezondheidszorg\npsychiatrie"),
    ("nl", "ervaringsdeskundige\nervaringswerker"),
    ("nl", "begeleider\nhulpverlener\nwoonbegeleider"),
    ("nl", "huisbaas\nverhuurder\nwoningcorporatie"),
    ("nl", "gemeente\nstadsbestuur"),
    ("nl", "burenoverlast\ngeluidsoverlast\nwoonoverlast\noverlast"),
    ("en", "landlord\nhousing association"),
    ("en", "support worker\ncase worker"),
    ("fr", "sans-abri\nsans-abrisme\nSDF"),
    ("fr", "bailleur\nsociété de logement"),
)
PROMOTED = (("wat is hf", "wat-is-housing-first", "Begin hier: het idee in vijf minuten."),)


def load_search() -> None:
    """Teach search, and index everything."""
    SynonymSet.objects.bulk_create(SynonymSet(language=language, terms=terms) for language, terms in SYNONYMS)
    for text, slug, why in PROMOTED:
        page = KnowledgePage.objects.get(slug=slug, locale__language_code="nl")
        SearchPromotion.objects.create(query=Query.get(text), page=page, description=why, sort_order=0)
    rebuild()
    read_words.func()
