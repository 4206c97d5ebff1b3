"""How a reader cites a page: as APA in a text, or as RIS in a reference manager."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import path

from knowledge.models.appearance import Role

SITE_NAME = "Thuisbasis, Housing First Nederland"


class CitableMixin:
    """For knowledge pages that professionals and researchers refer to."""

    def cited_author(self) -> str:
        """Return who made this, as a citation names it: people who agreed to that, or else the network."""
        authors = [credit.name for credit in self.cast().in_role(Role.AUTHOR)]
        return ", ".join(authors) or "Housing First Nederland"

    def cited_year(self) -> str:
        """Return the year of publication, or "z.d." (no date), as APA asks."""
        published = self.first_published_at
        return str(published.year) if published else "z.d."

    def apa(self) -> str:
        """Return the reference in APA style (7th edition), without italics."""
        return f"{self.cited_author()}. ({self.cited_year()}). {self.title}. {SITE_NAME}. {self.absolute_url}"

    def ris(self) -> str:
        """Return the reference in RIS format; each line ends with CR LF."""
        fields = [
            ("TY", "ELEC"),
            ("AU", self.cited_author()),
            ("PY", self.cited_year()),
            ("TI", self.title),
            ("PB", SITE_NAME),
            ("UR", self.absolute_url),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {' '.join(str(value).split())}\r\n" for tag, value in fields)

    @path("ris/", name="ris")
    def serve_ris(self, request: HttpRequest) -> HttpResponse:
        """Answer with the reference as a file for a reference manager."""
        response = HttpResponse(self.ris(), content_type="application/x-research-info-systems; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.slug}.ris"'
        return response
