"""The guide for editors: what they do most, in the order in which they meet it.

Each chapter has a picture of the screen that it is about; `make guide` takes them anew with a browser
(tests/journeys/test_guide.py), so that a picture never shows a screen that is gone.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One task; `key` names its picture, `shows` says in words what is on it."""

    key: str
    title: Any
    steps: tuple[Any, ...]
    shows: Any

    @property
    def picture(self) -> str:
        """Return where its picture is among the static files."""
        return f"guide/{self.key}.webp"


CHAPTERS = (
    Chapter(
        key="begin",
        title=_("Je eerste scherm"),
        steps=(
            _("Onder ‘Begin hier’ staat wat je het vaakst maakt. Eén klik en je kunt beginnen."),
            _("Links vind je alles terug: pagina’s, afbeeldingen, opnamen en mensen."),
            _("Wat je bewaart is een concept. Op de site staat het pas als je publiceert."),
        ),
        shows=_("Het eerste scherm, met links het menu en onder ‘Begin hier’ een knop voor elk soort bericht."),
    ),
    Chapter(
        key="article",
        title=_("Een artikel schrijven"),
        steps=(
            _("Geef het een titel en een korte samenvatting. Die staan in lijsten en bij het zoeken."),
            _("Kies thema’s en het onderdeel van het raamwerk waar het over gaat. Zo vindt een lezer het terug."),
            _("Kies onder ‘Voor wie’ wie het mag lezen: iedereen, of alleen leden. Dat geldt meteen overal."),
        ),
        shows=_("Het formulier van een nieuw praktijkvoorbeeld, met bovenaan de titel en de samenvatting."),
    ),
    Chapter(
        key="refused",
        title=_("Als publiceren niet lukt"),
        steps=(
            _("Lezers willen weten wie ze kunnen bellen. Mist er iets, dan staat dat bij het veld zelf."),
            _("Wat je typte, blijft staan. Weet je het nog niet? Bewaar het als concept en ga later verder."),
        ),
        shows=_("Hetzelfde formulier na publiceren, met bij de contactpersoon de melding dat het veld verplicht is."),
    ),
    Chapter(
        key="import",
        title=_("Een tekst uit een bestand halen"),
        steps=(
            _("Kies ‘Importeren’ en een of meer bestanden: Word, PDF, tekst of een webpagina."),
            _("Elk bestand wordt een concept. Eronder staat wat is overgenomen en wat niet."),
        ),
        shows=_("Het scherm Importeren, na één bestand: een link naar het concept en een verslag."),
    ),
    Chapter(
        key="episode",
        title=_("Een podcast of talkshow plaatsen"),
        steps=(
            _("Zet eerst de opname bij ‘Opnamen’. De lengte en het geluid worden voor je gemeten."),
            _("Maak dan de aflevering en kies de opname. Zet de uitgeschreven tekst of de ondertitels erbij."),
            _(
                "Bovenaan de pagina staat wat nog mist. Zonder tekst kun je niet publiceren: ook "
                "wie niet hoort, doet mee."
            ),
        ),
        shows=_("Het formulier van een aflevering, met de opname en de uitgeschreven tekst."),
    ),
    Chapter(
        key="campaign",
        title=_("Een campagne plannen"),
        steps=(
            _("Je ziet per maand wat er is: een talkshow, een podcast en publicaties. Wat leeg is, moet nog komen."),
            _("Wat in die maand verschijnt, komt er vanzelf te staan. Je hoeft niets te koppelen."),
        ),
        shows=_("De planning van ‘Beweging in kwetsbaarheid’: een tabel met een rij voor elke maand."),
    ),
    Chapter(
        key="translate",
        title=_("Vertalen"),
        steps=(
            _("Kies bij een pagina ‘Vertaal deze pagina’ en de taal. Een vertaling begint als concept."),
            _("Verandert de Nederlandse pagina, dan staat haar vertaling in dit rapport, met wat er anders is."),
        ),
        shows=_("Het rapport ‘Vertalingen die aandacht vragen’."),
    ),
    Chapter(
        key="consent",
        title=_("Iemand wil niet meer genoemd worden"),
        steps=(
            _(
                "Zoek de naam onder ‘Netwerk’ bij ‘Mensen’ en kies ‘Toestemming intrekken’. Je ziet "
                "eerst waar de naam staat."
            ),
            _(
                "Na je klik is de naam overal weg, ook uit de podcast. Alleen wat iemand in een "
                "tekst typte, pas je zelf aan."
            ),
        ),
        shows=_("Het scherm waarop je toestemming intrekt, met de pagina’s waarop iemand genoemd wordt."),
    ),
    Chapter(
        key="proposals",
        title=_("Wat leden voorstellen"),
        steps=(
            _("Leden sturen voorstellen voor artikelen. Elk voorstel is al een concept dat je kunt openen."),
            _("Stel een vraag of publiceer het. Wie het stuurde, hoort het vanzelf."),
        ),
        shows=_("De lijst met voorstellen van leden, met van wie ze zijn en hoe ver ze zijn."),
    ),
    Chapter(
        key="misses",
        title=_("Wat lezers niet vinden"),
        steps=(
            _("Dit rapport telt per maand naar welke woorden vergeefs is gezocht. Wie zocht, weten we niet."),
            _(
                "Maak er een synoniem van, of beveel bij dat woord een pagina aan. Het werkt "
                "vanaf de volgende zoekvraag."
            ),
        ),
        shows=_("Het rapport ‘Niet gevonden’."),
    ),
)
